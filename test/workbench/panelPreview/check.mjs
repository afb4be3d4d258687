// Uses the results panel as a reader does, in headless Chromium, and checks what it answers and how fast it draws.
//   node test/workbench/panelPreview/check.mjs
import assert from 'node:assert/strict';
import { close, open, problems, scenes } from './page.mjs';

const view = await scenes.sparseClassifier(2);
const { file, experiment } = view;
const choices = [
  { file, experiment, status: 'finished' },
  { file, experiment: 'Another', status: 'idle' },
];
const settled = (page) => page.waitForTimeout(200);
const sent = (page) => page.evaluate(() => window.sent);
/** How many pixels of a canvas have been painted. */
const painted = (page, card) =>
  page.evaluate((card) => {
    const canvas = document.querySelector(`.${card} canvas`);
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i] > 0) count++;
    return count;
  }, card);

const checks = {
  async 'asks for its view, and shows it under the strict policy'() {
    const { page, send } = await open('dark', 1200, 900);
    assert.deepEqual(await sent(page), [{ type: 'ready' }]);
    await send({ type: 'view', view, choices });
    await settled(page);
    for (const card of ['trajectories', 'generalization', 'curves', 'predictor']) {
      assert.ok((await painted(page, card)) > 2000, `${card} is painted`);
      assert.ok((await page.locator(`.${card} canvas`).getAttribute('aria-label')).length > 20, `${card} is described`);
    }
    await page.close();
  },

  async 'ignores what is no message of the protocol'() {
    const { page, send } = await open('dark', 800, 600);
    for (const data of [null, 'x', { type: 'unknown' }, { type: 'ran', run: 3 }]) await send(data);
    await settled(page);
    assert.match(await page.locator('.empty').textContent(), /Loading/);
    await page.close();
  },

  async 'sends what the reader asks for'() {
    const { page, send } = await open('light', 1200, 900);
    const failure = {
      kind: 'run',
      message: 'It broke.',
      hint: null,
      file,
      line: 7,
      column: 31,
      endLine: null,
      endColumn: null,
      experiment,
    };
    await send({ type: 'view', view: { ...view, failure }, choices });
    await settled(page);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('button', { name: 'sparse-classifier.lab.ts:7:31' }).click();
    await send({ type: 'status', status: 'running', failure: null, seconds: null, finishedAt: null, stale: true });
    await settled(page);
    assert.equal(await page.locator('body.stale').count(), 1);
    assert.equal(await page.locator('.failure').isVisible(), false);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.locator('vscode-dropdown.experiment-choice').click();
    await page.locator('vscode-option', { hasText: 'Another' }).click();
    assert.deepEqual((await sent(page)).slice(1), [
      { type: 'run' },
      { type: 'reveal', file, line: 7, column: 31 },
      { type: 'stop' },
      { type: 'select', file, experiment: 'Another' },
    ]);
    await page.close();
  },

  async 'switches cells off by keyboard, and keeps what was chosen'() {
    const { page, send } = await open('dark', 1200, 900);
    await send({ type: 'view', view, choices });
    await settled(page);
    const entry = page.getByRole('button', { name: 'w = θ', exact: true });
    await entry.focus();
    await page.keyboard.press('Enter');
    await settled(page);
    assert.equal(await entry.getAttribute('aria-pressed'), 'false');
    assert.equal(await entry.evaluate((element) => element === document.activeElement), true, 'focus stays');
    assert.doesNotMatch(await page.locator('.curves canvas').getAttribute('aria-label'), /w = θ/);
    const kept = await page.evaluate(() => window.kept());
    assert.equal(kept.experiment, experiment);
    assert.deepEqual(kept.preferences.hiddenParameterizations, ['w = θ']);
    await page.close();
  },

  async 'takes the colours of a new theme at once'() {
    const { page, send } = await open('dark', 1200, 900);
    await send({ type: 'view', view, choices });
    await settled(page);
    const colour = () => page.locator('.legend-entry path').first().getAttribute('fill');
    assert.notEqual(await colour(), '#123456');
    await page.evaluate(() => {
      document.documentElement.style.setProperty('--vscode-depthLab-parameterization1', '#123456');
      document.body.className = 'vscode-light';
    });
    await settled(page);
    assert.equal(await colour(), '#123456');
    await page.close();
  },

  async 'grows smoothly while 48 runs arrive in small batches'() {
    const { page, send } = await open('dark', 1200, 900);
    const many = scenes.manyRuns(view, 48);
    await send({ type: 'view', view: { ...many, samples: [], runs: [], status: 'running' }, choices });
    await page.evaluate(() => window.watchFrames());
    for (let from = 0; from < 90; from += 6) {
      await send({ type: 'sampled', samples: many.samples.map((batch) => scenes.part(batch, from, from + 6)) });
    }
    await settled(page);
    const longest = await page.evaluate(() => window.longestFrame());
    console.log(`  longest pause between two frames: ${Math.round(longest)} ms`);
    assert.ok(longest < 400, `a frame took ${longest} ms`);
    assert.ok((await painted(page, 'curves')) > 2000);
    await page.close();
  },
};

let failed = 0;
try {
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
      console.log(`✓ ${name}`);
    } catch (error) {
      failed++;
      console.error(`✗ ${name}\n${error.stack}`);
    }
  }
} finally {
  await close();
}
for (const problem of problems) console.error(problem);
process.exitCode = failed || problems.length ? 1 : 0;
