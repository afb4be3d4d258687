/** How long the extension takes to start, in a VS Code of its own. */
import { chromium, type Page } from 'playwright-core';
import { packExtension, vsixFile } from '../../tools/vsix.ts';
import { CHROMIUM_SWITCHES, ensureChromium } from '../../workbench/chromium.ts';
import { TemporaryFolder } from '../../workbench/driver/folder.ts';
import { QUIET_SETTINGS, startServer } from '../../workbench/server.ts';
import { prepareVSCode } from '../../workbench/vscode.ts';

/** Milliseconds that VS Code's own view of running extensions tells: loading what it loads first, and its activation. */
export interface ActivationTimes {
  /** In new windows on a folder with a lab file. */
  alone: number[];
  /** In new windows, when a lab file is opened at once: VS Code then loads its own extension for TypeScript first. */
  withTypeScript: number[];
}

/** @param text that of the lab file */
export async function activationTimes(text: string, repeats: number): Promise<ActivationTimes> {
  await packExtension('quiet');
  await prepareVSCode();
  const server = await startServer({ extensions: [vsixFile], settings: QUIET_SETTINGS, token: null });
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: CHROMIUM_SWITCHES });
  const folder = new TemporaryFolder({ 'tiny.lab.ts': text });
  const times: ActivationTimes = { alone: [], withTypeScript: [] };
  try {
    for (let i = 0; i < repeats; i++) {
      for (const isOpened of [false, true]) {
        const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
        await page.goto(server.address(folder.path));
        const file = page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: 'tiny.lab.ts' });
        if (isOpened) {
          await file.dblclick();
          await page.locator('.codelens-decoration').first().waitFor({ timeout: 60_000 });
        } else await file.waitFor();
        times[isOpened ? 'withTypeScript' : 'alone'].push(await toldTime(page));
        await page.close();
      }
    }
  } finally {
    await browser.close();
    await server.stop();
    folder.dispose();
  }
  return times;
}

/** What the view tells, as soon as the extension is active. */
async function toldTime(page: Page): Promise<number> {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').first().fill('>Developer: Show Running Extensions');
  await page.locator('.quick-input-list .monaco-list-row').first().click();
  const row = page.locator('.runtime-extensions-editor .monaco-list-row').filter({ hasText: 'Depth Lab' }).first();
  const told = row.locator('.activation-time').filter({ hasText: /\d+ms/ });
  await told.waitFor({ timeout: 60_000 });
  return Number(/(\d+)ms/.exec((await told.textContent()) ?? '')?.[1]);
}
