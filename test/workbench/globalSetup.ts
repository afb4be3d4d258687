/** One server and one browser for all workbench tests. */
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { vsixFile } from '../tools/vsix.ts';
import { CHROMIUM_SWITCHES, ensureChromium } from './chromium.ts';
import { startServer, TEST_SETTINGS } from './server.ts';
import { prepareVSCode } from './vscode.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the browser listens. */
    browser: string;
    /** VS Code's address, without parameters. */
    workbench: string;
  }
}

export default async function setup(project: TestProject) {
  await prepareVSCode();
  const server = await startServer({ extensions: [vsixFile], settings: TEST_SETTINGS, token: null });
  const browser = await chromium.launchServer({
    executablePath: await ensureChromium(),
    headless: true,
    args: CHROMIUM_SWITCHES,
  });
  project.provide('browser', browser.wsEndpoint());
  project.provide('workbench', `http://127.0.0.1:${server.port}/`);
  return async () => {
    await browser.close();
    await server.stop();
  };
}
