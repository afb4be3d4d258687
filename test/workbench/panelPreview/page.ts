/** The results panel's page in headless Chromium without VS Code: same page, same policy, themes' variables, messages from here. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { pageHtml } from '../../../extension/panel/html.ts';
import type { WebviewMessage } from '../../../extension/panel/protocol.ts';
import type { ViewMessage } from '../../../extension/report/view.ts';
import { root } from '../../tools/process.ts';
import { CHROMIUM_SWITCHES, ensureChromium } from '../chromium.ts';
import { type ThemeName, themes } from './themes.ts';

declare global {
  interface Window {
    /** What the page has sent to its host. */
    sent: WebviewMessage[];
    /** The state that it keeps across a reload. */
    kept(): { experiment: string; preferences: Record<string, unknown> };
    receive(packed: string): void;
    acquireVsCodeApi(): unknown;
    [name: `${string}Array`]: unknown;
  }
}

type ArrayMaker = new (buffer: ArrayBuffer) => unknown;

export interface OpenPanel {
  page: Page;
  /** Sends the page a message of its host. */
  send(message: unknown): Promise<void>;
}

/** Serves the page, and opens it as often as asked. */
export class PanelPages {
  /** What the browser complained of: errors, violations of the policy. */
  readonly problems: string[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly server: Server,
    private readonly folder: string,
  ) {}

  static async launch(): Promise<PanelPages> {
    const folder = mkdtempSync(path.join(tmpdir(), 'depth-lab-preview-'));
    const entryPoints = { webview: path.join(root, 'webview/main.ts') };
    await build({
      entryPoints,
      outdir: folder,
      bundle: true,
      format: 'iife',
      target: 'es2022',
      minify: !process.env.NOMINIFY,
    });
    const server = serve(folder);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({ executablePath: await ensureChromium(), args: CHROMIUM_SWITCHES });
    return new PanelPages(browser, server, folder);
  }

  /** Opens the panel under a theme. */
  async open(theme: ThemeName, width: number, height: number, state?: unknown): Promise<OpenPanel> {
    const page = await this.browser.newPage({ viewport: { width, height }, deviceScaleFactor: 1.5 });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.problems.push(`${theme}: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.problems.push(`${theme}: ${error.stack}`));
    await page.addInitScript(prepare, { ...themes[theme], state });
    await page.goto(`http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`);
    const send = async (message: ViewMessage | unknown) => {
      await page.evaluate((packed) => window.receive(packed), pack(message));
    };
    return { page, send };
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function serve(folder: string): Server {
  const nonce = 'cHJldmlldw==';
  const html = pageHtml({ cspSource: "'self'", nonce, scriptUri: '/webview.js', styleUri: '/webview.css' });
  const files: Record<string, { type: string; body: string }> = {
    '/': { type: 'text/html', body: html },
    '/webview.js': { type: 'text/javascript', body: readFileSync(path.join(folder, 'webview.js'), 'utf8') },
    '/webview.css': { type: 'text/css', body: readFileSync(path.join(folder, 'webview.css'), 'utf8') },
  };
  return createServer((request, response) => {
    const file = files[request.url ?? ''];
    response.writeHead(file ? 200 : 204, { 'content-type': `${file?.type ?? 'text/plain'}; charset=utf-8` });
    response.end(file?.body ?? '');
  });
}

/** Typed arrays survive on their way into the page as their bytes; NaN as null, as in VS Code. */
const pack = (value: unknown) =>
  JSON.stringify(value, (_, item: unknown) =>
    ArrayBuffer.isView(item)
      ? {
          typed: item.constructor.name,
          bytes: Buffer.from(item.buffer, item.byteOffset, item.byteLength).toString('base64'),
        }
      : item,
  );

/** Runs in the page before its own script: stands for VS Code. */
function prepare({
  className,
  variables,
  state,
}: {
  className: string;
  variables: Record<string, string>;
  state: unknown;
}): void {
  window.sent = [];
  let kept = state;
  window.acquireVsCodeApi = () => ({
    postMessage: (message: WebviewMessage) => window.sent.push(message),
    getState: () => kept,
    setState: (next: unknown) => {
      kept = next;
    },
  });
  window.kept = () => kept as ReturnType<Window['kept']>;
  window.receive = (packed) => {
    const message: unknown = JSON.parse(packed, (_, item: { typed?: `${string}Array`; bytes?: string } | null) =>
      item?.typed
        ? new (window[item.typed] as ArrayMaker)(
            Uint8Array.from(atob(item.bytes ?? ''), (at) => at.charCodeAt(0)).buffer,
          )
        : item,
    );
    window.postMessage(message);
  };
  new MutationObserver((_, observer) => {
    if (!document.body) return;
    document.body.className = className;
    for (const [name, value] of Object.entries(variables))
      document.documentElement.style.setProperty(`--vscode-${name}`, value);
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}
