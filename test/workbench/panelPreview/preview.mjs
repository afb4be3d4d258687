// Takes pictures of the results panel in every theme, wide and narrow, with results, errors and nothing.
//   node test/workbench/panelPreview/preview.mjs [OUT] [FILTER]
// OUT is a folder (default: a new one in the system's temporary folder); FILTER a part of a picture's name.
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { close, open, problems, scenes } from './page.mjs';

const out = process.argv[2] ?? mkdtempSync(join(tmpdir(), 'depth-lab-panel-'));
const filter = process.argv[3] ?? '';
mkdirSync(out, { recursive: true });

async function picture(name, theme, [width, height], act, fullPage = false) {
  const title = `${name}-${theme}-${width}`;
  if (!title.includes(filter)) return;
  const { page, send } = await open(theme, width, height);
  await act(send, page);
  await page.waitForTimeout(350);
  const path = join(out, `${title}.png`);
  await page.screenshot({ path, fullPage });
  console.log(path);
  await page.close();
}

const wide = [1200, 900];
const narrow = [520, 900];
const sparse = await scenes.sparseClassifier();
const completed = await scenes.matrixCompletion();
const survivors = await scenes.survivors();
const choices = [sparse, completed].map(({ file, experiment, status }) => ({ file, experiment, status }));
const show = (view) => (send) => send({ type: 'view', view, choices });

/** The same experiment in the middle of its training: some runs finished, some half-way, most not begun. */
function halfway(view) {
  const finished = 23;
  const cut = (batch, share) => {
    const length = Math.ceil(batch.step.length * share);
    return Object.fromEntries(
      Object.entries(batch).map(([key, value]) => [
        key,
        key !== 'predictor' && ArrayBuffer.isView(value) ? value.slice(0, length) : value,
      ]),
    );
  };
  return {
    ...view,
    status: 'running',
    runs: view.runs.slice(0, finished),
    samples: [
      ...view.samples.slice(0, finished),
      cut(view.samples[finished], 0.7),
      cut(view.samples[finished + 1], 0.5),
    ],
    projection: { ...view.projection, runs: view.projection.runs.slice(0, finished) },
    claims: [],
    summary: null,
    seconds: null,
    finishedAt: null,
  };
}

const failure = {
  kind: 'definition',
  message: 'Math.sign cannot be differentiated at 0, and u − v is 0 at the start.',
  hint: 'Use a smooth function, for example Math.tanh(10 * (u - v)).',
  file: '/home/reader/lab/sparse.lab.ts',
  line: 7,
  column: 31,
  endLine: null,
  endColumn: null,
  experiment: 'Sparse truth',
};

try {
  for (const theme of ['dark', 'light', 'contrast']) {
    for (const size of [wide, narrow]) {
      const full = size === narrow;
      await picture('sparse', theme, size, show(sparse), full);
      await picture('completion', theme, size, show(completed), full);
    }
  }
  await picture('survivors', 'dark', wide, show(survivors));
  await picture('survivors', 'light', narrow, show(survivors), true);
  await picture('stopped', 'light', wide, show({ ...halfway(sparse), status: 'canceled', summary: sparse.summary }));
  await picture('running', 'dark', wide, show(halfway(sparse)));
  await picture('error', 'light', wide, async (send, page) => {
    await show(sparse)(send);
    await page.getByRole('button', { name: 'error', exact: true }).click();
    await page.locator('summary').click();
  });
  await picture('pointer', 'dark', wide, async (send, page) => {
    await show(completed)(send);
    await page.getByRole('button', { name: 'depth 2' }).click();
    await page.getByRole('button', { name: 'depth 2' }).click();
    await page.locator('.predictor canvas').hover({ position: { x: 60, y: 90 } });
  });
  await picture('tooltip', 'light', wide, async (send, page) => {
    await show(sparse)(send);
    await page.getByRole('button', { name: 'GD', exact: true }).click();
    await page.waitForTimeout(200);
    await page.locator('.curves canvas').hover({ position: { x: 300, y: 60 } });
  });
  await picture('choices', 'dark', narrow, async (send, page) => {
    await show(sparse)(send);
    await page.locator('vscode-dropdown').first().click();
  });
  await picture('stale', 'dark', wide, show({ ...sparse, status: 'running', stale: true }));
  await picture('failed', 'dark', narrow, show({ ...sparse, status: 'failed', stale: true, failure }));
  await picture(
    'failed',
    'light',
    wide,
    show({
      ...sparse,
      status: 'failed',
      grid: null,
      samples: [],
      runs: [],
      projection: null,
      summary: null,
      claims: [],
      failure,
    }),
  );
  await picture(
    'idle',
    'light',
    narrow,
    show({ ...sparse, status: 'idle', grid: null, samples: [], runs: [], projection: null, summary: null, claims: [] }),
  );
  await picture('nothing', 'dark', wide, (send) => send({ type: 'view', view: null, choices: [] }));
  await picture(
    'loading',
    'contrast',
    narrow,
    show({
      ...sparse,
      status: 'loading',
      grid: null,
      samples: [],
      runs: [],
      projection: null,
      summary: null,
      claims: [],
    }),
  );
  await picture(
    'planned',
    'light',
    wide,
    show({ ...sparse, status: 'running', samples: [], runs: [], projection: null, summary: null, claims: [] }),
  );
} finally {
  await close();
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length ? 1 : 0;
