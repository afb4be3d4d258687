/** The results panel's page, used as a reader does, without the workbench around it: what it answers, how fast, and to whom. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ExperimentView } from '../../extension/report/view.ts';
import { seriousBarriers } from './driver/accessibility.ts';
import { frames, painted } from './panelPreview/look.ts';
import { type OpenPanel, PanelPages } from './panelPreview/page.ts';
import * as scenes from './panelPreview/scenes.ts';
import { type ThemeName, themes } from './panelPreview/themes.ts';

let pages: PanelPages;
let sparse: ExperimentView;
let swept: ExperimentView;
const opened: OpenPanel[] = [];

beforeAll(async () => {
  pages = await PanelPages.launch();
  sparse = await scenes.sparseClassifier(2);
  // Its paths are many, and take long to send.
  const { samples, ...others } = await scenes.sweep2();
  swept = { ...others, samples: samples.map(({ snapshots: _snapshots, ...curves }) => curves) };
});
afterEach(async () => {
  for (const { page } of opened.splice(0)) await page.close();
  expect(pages.problems.splice(0)).toEqual([]);
});
afterAll(() => pages.close());

const choicesOf = ({ file, experiment }: ExperimentView) => [
  { file, experiment, status: 'finished' },
  { file, experiment: 'Another', status: 'idle' },
];

async function show(
  view: ExperimentView | null,
  theme: ThemeName = 'dark',
  width = 1200,
  height = 900,
  state?: unknown,
) {
  const panel = await pages.open(theme, width, height, state);
  opened.push(panel);
  if (view) await panel.send({ type: 'view', view, choices: choicesOf(view) });
  if (view) await panel.page.locator('.curves canvas').first().waitFor({ state: 'attached' });
  await frames(panel);
  return panel;
}

const preferences = async ({ page }: OpenPanel) => (await page.evaluate(() => window.kept())).preferences;
const entry = ({ page }: OpenPanel, name: string) => page.getByRole('button', { name, exact: true });
const label = ({ page }: OpenPanel, tile: string) => page.locator(`.${tile} canvas`).first().getAttribute('aria-label');

describe('a copy of a tile', () => {
  const curves = (panel: OpenPanel) => panel.page.locator('.curves');
  const copy = (panel: OpenPanel) => curves(panel).getByRole('button', { name: /^Copy/ }).click();

  it('is its picture, or its numbers where they are shown', async () => {
    const panel = await show(sparse);
    await panel.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await copy(panel);
    await curves(panel).getByText('picture copied').waitFor();
    const size = await panel.page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      return (await createImageBitmap(await item!.getType('image/png'))).width;
    });
    expect(size).toBeGreaterThan(300);
    await curves(panel).getByRole('button', { name: 'Show the numbers as a table' }).click();
    await copy(panel);
    await curves(panel).getByText('table copied').waitFor();
    const text = await panel.page.evaluate(() => navigator.clipboard.readText());
    const [head, ...rows] = text.split('\n').map((line) => line.split('\t'));
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.every((row) => row.length === head!.length)).toBe(true);
  });
});

describe('the page', () => {
  it('asks for its view, and shows it under the strict policy', async () => {
    const panel = await show(sparse);
    expect((await panel.page.evaluate(() => window.sent))[0]).toEqual({ type: 'ready' });
    for (const tile of ['trajectories', 'generalization', 'curves', 'predictor', 'norms', 'margins']) {
      expect(await painted(panel, `.${tile} canvas`), tile).toBeGreaterThan(2000);
      expect((await label(panel, tile))?.length, tile).toBeGreaterThan(20);
    }
  });

  it('ignores what is no message of the protocol', async () => {
    const panel = await show(null, 'dark', 800, 600);
    for (const data of [null, 'x', { type: 'unknown' }, { type: 'ran', run: 3 }]) await panel.send(data);
    await frames(panel);
    expect(await panel.page.locator('.empty').textContent()).toContain('Loading');
  });

  it('sends what the reader asks for', async () => {
    const { file, experiment } = sparse;
    const position = { file, line: 7, column: 31, endLine: null, endColumn: null, fixes: [] };
    const failure = { kind: 'run' as const, message: 'It broke.', hint: null, ...position, experiment };
    const panel = await show({ ...sparse, failure }, 'light');
    await panel.page.getByRole('button', { name: 'Run', exact: true }).click();
    await panel.page.getByRole('button', { name: 'sparse-classifier.lab.ts:7:31' }).click();
    const status = { status: 'running', failure: null, seconds: null, finishedAt: null, stale: true };
    await panel.send({ type: 'status', ...status });
    await panel.page.getByRole('button', { name: 'Stop', exact: true }).click();
    expect(await panel.page.locator('body.stale').count()).toBe(1);
    expect(await panel.page.locator('.failure').isVisible()).toBe(false);
    await panel.page.locator('vscode-dropdown.experiment-choice').click();
    await panel.page.locator('vscode-option', { hasText: 'Another' }).click();
    expect((await panel.page.evaluate(() => window.sent)).slice(1)).toEqual([
      { type: 'run' },
      { type: 'reveal', file, line: 7, column: 31 },
      { type: 'stop' },
      { type: 'select', file, experiment: 'Another' },
    ]);
  });

  it('takes the colours of a new theme at once', async () => {
    const panel = await show(sparse);
    await panel.page.evaluate(() => {
      document.documentElement.style.setProperty('--vscode-depthLab-parameterization1', '#123456');
      document.body.className = 'vscode-light';
    });
    await expect.poll(() => panel.page.locator('.legend-entry path').first().getAttribute('fill')).toBe('#123456');
  });
});

describe('the legend', () => {
  it('loses no click, however quickly they come', async () => {
    const panel = await show(sparse);
    const names = ['w = θ', 'w = u² - v²', 'w = u³ - v³', 'NGD'];
    // Between two of them the page has no time to draw.
    await panel.page.evaluate((wanted) => {
      for (const name of wanted)
        [...document.querySelectorAll<HTMLElement>('.legend-entry')].find((one) => one.textContent === name)?.click();
    }, names);
    const kept = await preferences(panel);
    expect(kept.hiddenParameterizations).toEqual(names.slice(0, 3));
    expect(kept.hiddenOptimizers).toEqual(['NGD']);
    for (const name of names) expect(await entry(panel, name).getAttribute('aria-pressed')).toBe('false');
  });

  it('switches cells off by keyboard, and keeps the focus and what was chosen', async () => {
    const panel = await show(sparse);
    await entry(panel, 'w = θ').focus();
    await panel.page.keyboard.press('Enter');
    await frames(panel);
    expect(await entry(panel, 'w = θ').evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await label(panel, 'curves')).not.toContain('w = θ');
    expect((await preferences(panel)).hiddenParameterizations).toEqual(['w = θ']);
  });

  it('shows what was chosen before the page was hidden', async () => {
    const { file, experiment } = sparse;
    const state = { file, experiment, preferences: { hiddenOptimizers: ['NGD'], quantity: 'error' } };
    const panel = await show(sparse, 'dark', 1200, 900, state);
    expect(await entry(panel, 'NGD').getAttribute('aria-pressed')).toBe('false');
    expect(await label(panel, 'curves')).toMatch(/^Curves of the error rate over step for [^N]*$/);
  });

  it('isolates with a double click or with Alt, parameterizations and optimizers alike', async () => {
    const panel = await show(sparse);
    await entry(panel, 'w = u² - v²').dblclick();
    expect((await preferences(panel)).hiddenParameterizations).toEqual(['w = θ', 'w = u³ - v³']);
    await entry(panel, 'NGD').click({ modifiers: ['Alt'] });
    expect((await preferences(panel)).hiddenOptimizers).toEqual(['GD']);
    await frames(panel);
    expect(await label(panel, 'curves')).toContain('for w = u² - v² · NGD');
    await entry(panel, 'w = u² - v²').dblclick();
    expect((await preferences(panel)).hiddenParameterizations).toEqual([]);
  });
});

describe('time', () => {
  it('has one slider for all tiles', async () => {
    const panel = await show(sparse);
    const slider = panel.page.getByRole('slider', { name: 'Moment of the training' });
    await slider.focus();
    await panel.page.keyboard.press('Home');
    await expect.poll(() => panel.page.locator('.predictor .subtitle').textContent()).toContain('at step 0');
    expect(await panel.page.locator('.margins .subtitle').textContent()).toContain('at step 0');
    expect(await panel.page.locator('.moment').textContent()).toMatch(/^step 0 of 1.000$/);
    await panel.page.keyboard.press('End');
    await expect.poll(() => panel.page.locator('.predictor .subtitle').textContent()).toContain('at the end');
  });

  it('plays, and stops at the end', async () => {
    const panel = await show(sparse);
    await panel.page.getByRole('button', { name: 'Play the training' }).click();
    await panel.page.getByRole('button', { name: 'Pause' }).waitFor();
    const seen = new Set<string | null>();
    await expect.poll(async () => seen.add(await panel.page.locator('.moment').textContent()).size).toBeGreaterThan(3);
    await panel.page.getByRole('button', { name: 'Play the training' }).waitFor({ timeout: 20_000 });
    expect(await panel.page.locator('.moment').textContent()).toBe('end of each run');
  });

  it('reads all series where the pointer is, and draws the crosshair in every tile over time', async () => {
    const panel = await show(sparse, 'dark', 1200, 1600);
    await panel.page
      .locator('.curves canvas')
      .first()
      .hover({ position: { x: 300, y: 60 } });
    const rows = panel.page.locator('.curves .tooltip-row');
    await rows.first().waitFor();
    // Six cells, train and test, and the curve that theory predicts.
    expect(await rows.count()).toBe(13);
    expect(await panel.page.locator('.curves .tooltip-head').textContent()).toMatch(/^step /);
    for (const tile of ['curves', 'norms', 'trajectories'])
      expect(await painted(panel, `.${tile} .overlay`), tile).toBeGreaterThan(100);
    await panel.page.mouse.move(5, 5);
    await expect.poll(() => painted(panel, '.norms .overlay')).toBe(0);
  });

  it('lights up what the text is at, and tells the text what the pointer is at', async () => {
    const panel = await show(sparse, 'dark', 1200, 1600);
    await panel.send({ type: 'light', parameterization: 'w = θ', optimizer: null });
    await expect.poll(() => painted(panel, '.curves .overlay')).toBeGreaterThan(1000);
    await panel.send({ type: 'light', parameterization: null, optimizer: null });
    await expect.poll(() => painted(panel, '.curves .overlay')).toBe(0);
    await panel.page
      .locator('.generalization canvas')
      .first()
      .hover({ position: { x: 300, y: 40 } });
    await expect
      .poll(async () => (await panel.page.evaluate(() => window.sent)).at(-1))
      .toEqual({ type: 'light', parameterization: 'w = θ', optimizer: 'GD' });
    await panel.page.mouse.move(5, 5);
    await expect
      .poll(async () => (await panel.page.evaluate(() => window.sent)).at(-1))
      .toEqual({ type: 'light', parameterization: null, optimizer: null });
  });

  it('reads the bars of the generalization', async () => {
    const panel = await show(sparse);
    await panel.page
      .locator('.generalization canvas')
      .first()
      .hover({ position: { x: 300, y: 40 } });
    await expect
      .poll(() => panel.page.locator('.generalization .tooltip').textContent())
      .toMatch(/w = θ · GD.*test error rate.*gap/);
  });
});

describe('a sweep', () => {
  it('answers a click and the keyboard in all tiles', async () => {
    const panel = await show(swept, 'light', 1200, 1600);
    const maps = panel.page.locator('.sweep-maps');
    expect(await painted(panel, '.sweep-maps')).toBeGreaterThan(10_000);
    const { width } = (await maps.boundingBox())!;
    await maps.hover({ position: { x: width - 12, y: 60 } });
    await expect
      .poll(() => panel.page.locator('.sweep .tooltip').textContent())
      .toMatch(/scale 1, train 80: test error rate/);
    await maps.click({ position: { x: width - 12, y: 60 } });
    await expect.poll(() => panel.page.locator('.sweep .subtitle').textContent()).toContain('show scale 1, train 80');
    await maps.focus();
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('ArrowLeft');
    await expect.poll(() => panel.page.locator('.sweep .subtitle').textContent()).toContain('show scale 0.3, train 50');
    const points = swept.grid!.points;
    const chosen = points[(await preferences(panel)).point as number];
    expect(chosen).toEqual({ scale: 0.3, train: 50 });
  });

  it('shows another quantity, and other axes', async () => {
    const panel = await show(swept, 'light', 1200, 1600);
    await panel.page.getByLabel('Quantity of the sweep').selectOption({ label: 'smallest margin' });
    await expect.poll(() => panel.page.locator('.sweep .subtitle').textContent()).toContain('smallest margin');
    await panel.page.getByLabel('Axis drawn across').selectOption('train');
    expect((await preferences(panel)).axes).toEqual(['train', 'scale']);
  });
});

describe('reading', () => {
  it('has a table behind each chart', async () => {
    const panel = await show(sparse, 'light', 1200, 1600);
    for (const tile of ['trajectories', 'generalization', 'curves', 'predictor', 'norms', 'margins']) {
      await panel.page.locator(`.${tile}`).getByRole('button', { name: 'Show the numbers as a table' }).click();
      await expect.poll(() => panel.page.locator(`.${tile} tbody tr`).count(), { message: tile }).toBeGreaterThan(3);
    }
  });

  it('needs no sideways scrolling at any width', async () => {
    for (const view of [sparse, swept]) {
      const panel = await show(view, 'light');
      const { page } = panel;
      for (const width of [360, 700, 1000, 1600, 2600]) {
        await page.setViewportSize({ width, height: 900 });
        await frames(panel);
        const [needed, at] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
        expect(needed, `${view.experiment} at ${width}`).toBeLessThanOrEqual(at!);
      }
    }
  });
  it.each(Object.keys(themes) as ThemeName[])('has nothing serious for axe-core, in the theme %s', async (theme) => {
    for (const view of [sparse, swept]) {
      const { page } = await show(view, theme, 1200, 900);
      expect(await seriousBarriers(page)).toEqual([]);
    }
  });
});
