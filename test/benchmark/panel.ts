/**
 * What the results panel costs, measured on its page in Chromium: from a message or a click to the picture. Needs
 * `npm run build`.
 *   npm run benchmark:panel
 */
import type { ExperimentView } from '../../extension/report/view.ts';
import { type OpenPanel, PanelPages } from '../workbench/panelPreview/page.ts';
import * as scenes from '../workbench/panelPreview/scenes.ts';

const REPEATS = 9;

/** Milliseconds of the page's own work from an action until all is drawn: medians over several times. */
async function measure(pages: PanelPages, view: ExperimentView): Promise<Record<string, number>> {
  const panel = await pages.open('light', 1400, 1000);
  const opening = await opened(panel, view);
  await settled(panel);
  const times = await panel.page.evaluate(async (repeats) => {
    /** Work on the main thread until the frame that shows it, without the wait for that frame. */
    const work = async (act: () => void): Promise<number> => {
      let total = 0;
      const request = window.requestAnimationFrame;
      window.requestAnimationFrame = (callback) =>
        request.call(window, (now) => {
          const began = performance.now();
          callback(now);
          total += performance.now() - began;
        });
      const began = performance.now();
      act();
      total += performance.now() - began;
      await new Promise<void>((done) => request.call(window, () => request.call(window, () => setTimeout(done, 0))));
      window.requestAnimationFrame = request;
      return total;
    };
    const median = async (act: (time: number) => void) => {
      const all: number[] = [];
      for (let time = 0; time < repeats; time++) all.push(await work(() => act(time)));
      return all.sort((a, b) => a - b)[repeats >> 1]!;
    };
    const entries = [...document.querySelectorAll<HTMLElement>('.legend-entry')];
    const slider = document.querySelector<HTMLInputElement>('.scrub')!;
    const curves = document.querySelector<HTMLElement>('.curves canvas')!;
    const point = (time: number) => {
      const { left, top, width, height } = curves.getBoundingClientRect();
      const [clientX, clientY] = [left + width * (0.3 + 0.05 * time), top + height / 2];
      curves.dispatchEvent(new PointerEvent('pointermove', { clientX, clientY }));
    };
    const maps = document.querySelector<HTMLCanvasElement>('.sweep-maps');
    const choose = (time: number) => {
      const { left, top, width, height } = maps!.getBoundingClientRect();
      const [clientX, clientY] = [left + width * (0.2 + 0.08 * time), top + height * 0.4];
      maps!.dispatchEvent(new MouseEvent('click', { clientX, clientY }));
    };
    return {
      'hide or show in the legend': await median(() => entries[0]?.click()),
      'move the slider': await median((time) => {
        slider.value = String(20 + 10 * time);
        slider.dispatchEvent(new Event('input'));
      }),
      'move the pointer over the curves': await median(point),
      ...(maps && !maps.closest<HTMLElement>('.card')?.hidden
        ? { 'choose a point of the sweep': await median(choose) }
        : {}),
    };
  }, REPEATS);
  await panel.page.close();
  return { 'open with its charts': opening, ...times };
}

/** From the arrival of the message to the first frame with the charts. */
async function opened(panel: OpenPanel, view: ExperimentView): Promise<number> {
  await panel.page.evaluate(() => {
    window.addEventListener('message', () => {
      const began = performance.now();
      requestAnimationFrame(() =>
        requestAnimationFrame(() => Object.assign(window, { opening: performance.now() - began })),
      );
    });
  });
  await panel.send({ type: 'view', view, choices: [] });
  await panel.page.waitForFunction(() => 'opening' in window);
  return panel.page.evaluate(() => (window as unknown as { opening: number }).opening);
}

const settled = ({ page }: OpenPanel) => page.waitForTimeout(1000);

const pages = await PanelPages.launch();
try {
  const grid = await scenes.grid512();
  const lean = ({ snapshots: _snapshots, ...samples }: ExperimentView['samples'][number]) => samples;
  const large = scenes.manyRuns({ ...grid, samples: grid.samples.map(lean) }, 4096);
  const cases = {
    'sparse classifier, 48 runs': await scenes.sparseClassifier(),
    '512 runs of 200 samples': grid,
    '4096 runs of 200 samples': large,
    'sweep over 100 points, 8 cells, 1600 runs': await scenes
      .sweep3()
      .then((view) => ({ ...view, samples: view.samples.map(lean) })),
  };
  for (const [name, view] of Object.entries(cases)) {
    console.log(`\n${name}`);
    for (const [what, milliseconds] of Object.entries(await measure(pages, view)))
      console.log(`  ${what.padEnd(36)} ${milliseconds.toFixed(0).padStart(5)} ms`);
  }
} finally {
  await pages.close();
}
for (const problem of pages.problems) console.error(problem);
