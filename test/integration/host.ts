/** Opens VS Code with the packed extension and lets its extension host run the integration tests. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { cache, root } from '../tools/process.ts';
import { vsixFile } from '../tools/vsix.ts';
import { CHROMIUM_SWITCHES, ensureChromium } from '../workbench/chromium.ts';
import { startServer, TEST_SETTINGS } from '../workbench/server.ts';
import type { IntegrationReport } from './report.ts';

const LIMIT_MS = 180_000;

export async function runIntegrationTests(): Promise<IntegrationReport> {
  const bundle = path.join(cache, 'integration/index.cjs');
  const reportFile = path.join(cache, 'integration/report.json');
  rmSync(reportFile, { force: true });
  await build({
    entryPoints: [path.join(root, 'test/integration/index.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'depth-lab-integration-'));
  const helper = emptyExtension(path.join(folder, 'helper'));
  const workspace = path.join(folder, 'workspace');
  mkdirSync(workspace);
  const server = await startServer({
    extensions: [vsixFile],
    settings: TEST_SETTINGS,
    token: null,
    env: { DEPTH_LAB_INTEGRATION_REPORT: reportFile },
  });
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    headless: true,
    args: CHROMIUM_SWITCHES,
  });
  try {
    const page = await browser.newPage({ permissions: ['clipboard-read', 'clipboard-write'] });
    let end: () => void = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
      setTimeout(resolve, LIMIT_MS).unref();
    });
    await page.exposeFunction('codeAutomationExit', () => end());
    await page.exposeFunction('codeAutomationLog', () => {});
    const remote = (at: string) => `vscode-remote://127.0.0.1:${server.port}${at}`;
    const payload = [
      ['extensionDevelopmentPath', remote(helper)],
      ['extensionTestsPath', remote(bundle)],
      ['skipWelcome', 'true'],
    ];
    await page.goto(server.address(workspace, { payload: JSON.stringify(payload) }));
    await ended;
  } finally {
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
  if (!existsSync(reportFile)) {
    return {
      passed: 0,
      failed: 1,
      skipped: [],
      lines: [`  × the extension host gave no report\n${server.log().slice(-3000)}`],
    };
  }
  return JSON.parse(readFileSync(reportFile, 'utf8')) as IntegrationReport;
}

/** VS Code runs tests for an extension under development; ours is installed as users install it, so this one is empty. */
function emptyExtension(folder: string): string {
  mkdirSync(folder);
  const manifest = { name: 'helper', publisher: 'depth-lab-tests', version: '0.0.1', engines: { vscode: '^1.100.0' } };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}
