/** How long the extension takes to start, in a VS Code of its own. */
import { chromium } from 'playwright-core';
import { packExtension, vsixFile } from '../../tools/vsix.ts';
import { CHROMIUM_SWITCHES, ensureChromium } from '../../workbench/chromium.ts';
import { TemporaryFolder } from '../../workbench/driver/folder.ts';
import { QUIET_SETTINGS, startServer } from '../../workbench/server.ts';
import { prepareVSCode } from '../../workbench/vscode.ts';

/**
 * Milliseconds that VS Code's own view of running extensions tells, each in a new window on a lab file.
 * @param text that of the lab file
 */
export async function activationTimes(text: string, repeats: number): Promise<number[]> {
  await packExtension('quiet');
  await prepareVSCode();
  const server = await startServer({ extensions: [vsixFile], settings: QUIET_SETTINGS, token: null });
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: CHROMIUM_SWITCHES });
  const folder = new TemporaryFolder({ 'tiny.lab.ts': text });
  const times: number[] = [];
  try {
    for (let i = 0; i < repeats; i++) {
      const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
      await page.goto(server.address(folder.path));
      await page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: 'tiny.lab.ts' }).dblclick();
      await page.locator('.codelens-decoration').first().waitFor({ timeout: 60_000 });
      await page.keyboard.press('F1');
      await page.locator('.quick-input-widget input').first().fill('>Developer: Show Running Extensions');
      await page.locator('.quick-input-list .monaco-list-row').first().click();
      const row = page.locator('.runtime-extensions-editor .monaco-list-row').filter({ hasText: 'Depth Lab' }).first();
      const words = await row.locator('.activation-time').textContent();
      times.push(Number(/(\d+)ms/.exec(words ?? '')?.[1]));
      await page.close();
    }
  } finally {
    await browser.close();
    await server.stop();
    folder.dispose();
  }
  return times;
}
