// The results panel's page in headless Chromium without VS Code: same page, same policy, themes' variables, messages from here.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { themes } from './themes.mjs';

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
/** Experiments to show. */
export const scenes = await import(pathToFileURL(join(work, 'scenes.mjs')).href);
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

/** Typed arrays survive on their way into the page as their bytes; NaN as null, as in VS Code. */
const pack = (value) =>
  JSON.stringify(value, (_, item) =>
    ArrayBuffer.isView(item)
      ? {
          typed: item.constructor.name,
          bytes: Buffer.from(item.buffer, item.byteOffset, item.byteLength).toString('base64'),
        }
      : item,
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
/** What the browser complained of: errors, violations of the policy. */
export const problems = [];

/** Opens the panel under a theme; returns the page and a way to send it messages. */
export async function open(theme, width, height) {
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
      window.kept = () => kept;
      let longest = 0;
      window.longestFrame = () => longest;
      window.watchFrames = () => {
        let last = performance.now();
        const frame = (now) => {
          longest = Math.max(longest, now - last);
          last = now;
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      };
      window.receive = (packed) =>
        window.postMessage(
          JSON.parse(packed, (_, item) =>
            item?.typed
              ? new globalThis[item.typed](Uint8Array.from(atob(item.bytes), (at) => at.charCodeAt(0)).buffer)
              : item,
          ),
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

/** Ends browser and server. */
export async function close() {
  await browser.close();
  server.close();
}
