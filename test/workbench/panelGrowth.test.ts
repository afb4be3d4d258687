/** The results panel's page while runs grow. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ExperimentView } from '../../extension/report/view.ts';
import { frames, painted } from './panelPreview/look.ts';
import { type OpenPanel, PanelPages } from './panelPreview/page.ts';
import * as scenes from './panelPreview/scenes.ts';

let pages: PanelPages;
let sparse: ExperimentView;
let opened: OpenPanel | null = null;

beforeAll(async () => {
  pages = await PanelPages.launch();
  sparse = await scenes.sparseClassifier(2);
});
afterEach(async () => {
  await opened?.page.close();
  expect(pages.problems.splice(0)).toEqual([]);
});
afterAll(() => pages.close());

/** A page that shows an experiment whose runs have just begun. */
async function begun(view: ExperimentView, height: number): Promise<OpenPanel> {
  opened = await pages.open('dark', 1200, height);
  await opened.send({ type: 'view', view: { ...view, samples: [], runs: [], status: 'running' }, choices: [] });
  await opened.page.locator('.curves canvas').first().waitFor({ state: 'attached' });
  await frames(opened);
  return opened;
}

it('grows smoothly while 48 runs arrive in small batches', async () => {
  const many = scenes.manyRuns(sparse, 48);
  const panel = await begun(many, 900);
  // Without the paths, which would be sent whole with every batch.
  const curves = many.samples.map(({ snapshots: _snapshots, ...batch }) => batch);
  for (let from = 0; from < 90; from += 6) {
    await panel.send({ type: 'sampled', samples: curves.map((batch) => scenes.part(batch, from, from + 6)) });
  }
  await expect.poll(() => painted(panel, '.curves canvas')).toBeGreaterThan(2000);
});

describe('a tile out of sight', () => {
  /** A low page on which runs grow: what is below the first row of tiles cannot be seen. */
  async function growing() {
    const panel = await begun(sparse, 420);
    const rest = (tile: string) => panel.page.locator(`.${tile} .placeholder`);
    await panel.send({ type: 'sampled', samples: sparse.samples.map((batch) => scenes.part(batch, 0, 60)) });
    await rest('generalization').waitFor({ state: 'hidden' });
    await frames(panel);
    expect(await rest('curves').isVisible()).toBe(true);
    return { panel, rest };
  }

  it.each([
    ['comes into sight', ({ page }: OpenPanel) => page.locator('.curves').scrollIntoViewIfNeeded()],
    ['is printed', ({ page }: OpenPanel) => page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))],
    [
      'has ended',
      ({ send }: OpenPanel) =>
        send({ type: 'status', status: 'finished', failure: null, seconds: 1, finishedAt: 1, stale: false }),
    ],
  ])('is drawn once it %s', async (_, act) => {
    const { panel, rest } = await growing();
    await act(panel);
    await rest('curves').waitFor({ state: 'hidden' });
    await expect.poll(() => painted(panel, '.curves canvas')).toBeGreaterThan(2000);
  });
});
