/**
 * Takes pictures of the results panel: every scene in four themes and three widths.
 *   node --import ./test/typescript.mjs test/workbench/panelPreview/preview.ts [OUT] [FILTER]
 * OUT is a folder (default: a new one in the system's temporary folder); FILTER a part of a picture's name.
 */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ExperimentView } from '../../../extension/report/view.ts';
import { type OpenPanel, PanelPages } from './page.ts';
import * as scenes from './scenes.ts';
import { type ThemeName, themes } from './themes.ts';

const [out = mkdtempSync(path.join(tmpdir(), 'depth-lab-panel-')), filter = ''] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const pages = await PanelPages.launch();

async function picture(
  name: string,
  theme: ThemeName,
  [width, height]: readonly [number, number],
  act: (panel: OpenPanel) => Promise<unknown>,
): Promise<void> {
  const title = `${name}-${theme}-${width}`;
  if (!title.includes(filter)) return;
  const panel = await pages.open(theme, width, height);
  await act(panel);
  await panel.page.waitForTimeout(350);
  const file = path.join(out, `${title}.png`);
  // As high as its contents, which grow with the window to a limit: the slider stays at the bottom of the picture.
  for (let tries = 0; tries < 3; tries++) {
    const needed = await panel.page.evaluate(() => document.documentElement.scrollHeight);
    await panel.page.setViewportSize({ width, height: Math.max(height, Math.min(needed, 6000)) });
    await panel.page.waitForTimeout(150);
  }
  await panel.page.screenshot({ path: file });
  console.log(file);
  await panel.page.close();
}

const shows = (view: ExperimentView | null) => (panel: OpenPanel) =>
  panel.send({
    type: 'view',
    view,
    choices: view ? [{ file: view.file, experiment: view.experiment, status: view.status }] : [],
  });

/** The same experiment in the middle of its training: some runs finished, some half-way, most not begun. */
function halfway(view: ExperimentView): ExperimentView {
  const finished = Math.floor(view.runs.length / 2);
  const [growing, begun] = view.samples.slice(finished);
  return {
    ...view,
    status: 'running',
    runs: view.runs.slice(0, finished),
    samples: [
      ...view.samples.slice(0, finished),
      ...(growing ? [scenes.part(growing, 0, 90)] : []),
      ...(begun ? [scenes.part(begun, 0, 40)] : []),
    ],
    ...{ claims: [], summary: null, seconds: null, finishedAt: null },
  };
}

const empty = { samples: [], runs: [], theory: [], summary: null, claims: [] };
const failure = {
  kind: 'definition' as const,
  message: 'Math.sign cannot be differentiated at 0, and u − v is 0 at the start.',
  hint: 'Use a smooth function, for example Math.tanh(10 * (u - v)).',
  ...{ file: '/home/reader/lab/sparse.lab.ts', line: 7, column: 31, endLine: null, endColumn: null, fixes: [] },
  experiment: 'Sparse truth',
};

try {
  const { part: _part, manyRuns: _many, galleryExperiments, ...makers } = scenes;
  for (const [name, make] of Object.entries({ ...makers, ...galleryExperiments() })) {
    for (const theme of Object.keys(themes) as ThemeName[]) {
      for (const size of [
        [1400, 900],
        [760, 900],
        [360, 800],
      ] as const) {
        if (`${name}-${theme}-${size[0]}`.includes(filter)) await picture(name, theme, size, shows(await make()));
      }
    }
  }
  const sparse = await scenes.sparseClassifier();
  const wide = [1400, 900] as const;
  await picture('running', 'dark', wide, shows(halfway(sparse)));
  await picture('stopped', 'light', wide, shows({ ...halfway(sparse), status: 'canceled', summary: sparse.summary }));
  await picture('stale', 'dark', wide, shows({ ...sparse, status: 'running', stale: true }));
  await picture('failed', 'dark', [520, 900], shows({ ...sparse, status: 'failed', stale: true, failure }));
  await picture('planned', 'light', wide, shows({ ...sparse, ...empty, status: 'running' }));
  await picture('idle', 'light', [520, 900], shows({ ...sparse, ...empty, status: 'idle', grid: null }));
  await picture('loading', 'contrast', [520, 900], shows({ ...sparse, ...empty, status: 'loading', grid: null }));
  await picture('nothing', 'dark', wide, shows(null));
} finally {
  await pages.close();
}
for (const problem of pages.problems) console.error(problem);
process.exitCode = pages.problems.length > 0 ? 1 : 0;
