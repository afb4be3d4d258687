// Shows the results panel in headless Chromium without VS Code, with the policy it has there, and takes pictures of it.
//   node test/workbench/panelPreview/preview.mjs [OUT] [FILTER]
// OUT is a folder (default: a new one in the system's temporary folder); FILTER a part of a picture's name.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { themes } from './themes.mjs';

const out = process.argv[2] ?? mkdtempSync(join(tmpdir(), 'depth-lab-panel-'));
const filter = process.argv[3] ?? '';
mkdirSync(out, { recursive: true });
const work = mkdtempSync(join(tmpdir(), 'depth-lab-preview-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

await Promise.all([
  build({ entryPoints: { webview: 'webview/main.ts' }, outdir: work, bundle: true, format: 'iife', target: 'es2022' }),
  build({
    entryPoints: { scenes: 'test/workbench/panelPreview/scenes.ts', html: 'extension/panel/html.ts' },
    outdir: work,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
  }),
]);
const { sparseClassifier, matrixCompletion } = await import(pathToFileURL(join(work, 'scenes.mjs')).href);
const { pageHtml } = await import(pathToFileURL(join(work, 'html.mjs')).href);

const page404 = { type: 'text/plain', body: '' };
const server = createServer((request, response) => {
  const found =
    {
      '/': {
        type: 'text/html',
        body: pageHtml({
          cspSource: "'self'",
          nonce: 'cHJldmlldw==',
          scriptUri: '/webview.js',
          styleUri: '/webview.css',
        }),
      },
      '/webview.js': { type: 'text/javascript', body: readFileSync(join(work, 'webview.js')) },
      '/webview.css': { type: 'text/css', body: readFileSync(join(work, 'webview.css')) },
    }[request.url] ?? page404;
  if (request.url === '/favicon.ico') return response.writeHead(204).end();
  response.writeHead(found === page404 ? 404 : 200, { 'content-type': `${found.type}; charset=utf-8` });
  response.end(found.body);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${server.address().port}/`;

/** Typed arrays survive on their way into the page as marked plain arrays; NaN as null, as in VS Code. */
const pack = (value) =>
  JSON.stringify(value, (_, item) =>
    ArrayBuffer.isView(item) ? { typed: item.constructor.name, values: Array.from(item, String) } : item,
  );

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const problems = [];

/** Opens the panel under a theme; returns the page and a way to send it messages. */
async function open(theme, width, height) {
  const { className, variables } = themes[theme];
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: 1.5 });
  page.on(
    'console',
    (message) => ['error', 'warning'].includes(message.type()) && problems.push(`${theme}: ${message.text()}`),
  );
  page.on('pageerror', (error) => problems.push(`${theme}: ${error.stack}`));
  await page.addInitScript(
    ({ className, variables }) => {
      window.sent = [];
      let kept;
      window.acquireVsCodeApi = () => ({
        postMessage: (message) => window.sent.push(message),
        getState: () => kept,
        setState: (state) => (kept = state),
      });
      window.receive = (packed) =>
        window.postMessage(
          JSON.parse(packed, (_, item) => (item?.typed ? globalThis[item.typed].from(item.values, Number) : item)),
        );
      const apply = () => {
        document.body.className = className;
        for (const [name, value] of Object.entries(variables))
          document.documentElement.style.setProperty(`--vscode-${name}`, value);
      };
      new MutationObserver((_, observer) => {
        if (!document.body) return;
        apply();
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    },
    { className, variables },
  );
  await page.goto(origin);
  const send = async (message) => {
    await page.evaluate((packed) => window.receive(packed), pack(message));
  };
  return { page, send };
}

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
const sparse = sparseClassifier();
const completed = matrixCompletion();
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
  await picture('running', 'dark', wide, show(halfway(sparse)));
  await picture('error', 'light', wide, async (send, page) => {
    await show(sparse)(send);
    await page.getByRole('button', { name: 'error', exact: true }).click();
    await page.locator('summary').click();
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
  await browser.close();
  server.close();
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length ? 1 : 0;
