/** The words in which the tests speak of VS Code. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { cache } from '../../tools/process.ts';
import { Editor } from './editor.ts';
import { keepsPanels } from './keptLayout.ts';
import { Panel } from './panel.ts';
import { holdsWithin, until } from './until.ts';

const isMac = process.platform === 'darwin';

/** VS Code with one folder open. */
export class Workbench {
  readonly editor: Editor;
  /** The results panel. */
  readonly panel: Panel;

  private constructor(
    private readonly browser: Browser,
    readonly page: Page,
  ) {
    this.editor = new Editor(page);
    this.panel = new Panel(page);
  }

  /** Opens a folder, or a workspace of several by its file. `address` is the server's, unless another one is meant. */
  static async launch(folder: string, address: string = inject('workbench')): Promise<Workbench> {
    const browser = await chromium.connect(inject('browser'));
    const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
    const what = folder.endsWith('.code-workspace') ? 'workspace' : 'folder';
    await page.goto(`${address}?${new URLSearchParams({ [what]: folder })}`);
    await isReady(page);
    return new Workbench(browser, page);
  }

  /** Reloads the window, as soon as VS Code has kept what is to come back. */
  async reload(): Promise<void> {
    await until(() => keepsPanels(this.page), 30_000);
    await this.page.reload();
    await isReady(this.page);
  }

  async close(): Promise<void> {
    await this.page.close();
    await this.browser.close();
  }

  /** Opens a file of the folder. */
  async open(file: string): Promise<void> {
    await this.quickInput(`${isMac ? 'Meta' : 'Control'}+P`, file);
    await this.editor.shown(path.basename(file));
  }

  /** Runs a command of the palette by its title. */
  async command(title: string): Promise<void> {
    await this.quickInput('F1', `>${title}`, title);
  }

  /** Types into the quick input that a key opens, and takes the first match. */
  private async quickInput(key: string, text: string, match = path.basename(text)): Promise<void> {
    const input = this.page.locator('.quick-input-widget input').first();
    const row = this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: match }).first();
    // Its list does not grow when an extension is found late, so it is opened anew until the row is there.
    for (let attempt = 0; attempt < 10; attempt++) {
      await this.page.keyboard.press(key);
      // A key is lost where a webview that is still loading has the focus.
      if (!(await appears(input))) continue;
      // What takes the keyboard meanwhile closes it again.
      const isFilled = await input.fill(text, { timeout: 3000 }).then(
        () => true,
        () => false,
      );
      if (isFilled && (await appears(row))) break;
      if (!isFilled) continue;
      await input.press('Escape');
    }
    await row.click();
    // A command may ask for more in the same place.
    await until(async () => !(await input.isVisible()) || (await input.inputValue()) !== text);
  }

  /** Answers an input box of the extension. */
  async answer(text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input').first();
    await input.waitFor();
    await input.fill(text);
    await input.press('Enter');
  }

  /** A lens whose words contain `text`. */
  lens(text: string | RegExp): Locator {
    return this.page.locator('.codelens-decoration a, .codelens-decoration > span').filter({ hasText: text }).first();
  }

  /**
   * Clicks a lens once the lenses have come to rest, and again where nothing came of it: one that is drawn anew under
   * the pointer does not notice.
   */
  async clickLens(text: string | RegExp): Promise<void> {
    const lens = this.lens(text);
    await lens.waitFor();
    const notifications = this.page.locator('.notification-toast');
    for (let tries = 0; tries < 3; tries++) {
      let before = '';
      await until(async () => {
        const now = JSON.stringify([await this.lenses(), await lens.boundingBox()]);
        const isAtRest = now === before;
        before = now;
        if (!isAtRest) await this.page.waitForTimeout(300);
        return isAtRest;
      });
      const told = await notifications.count();
      const watch = await this.page.evaluateHandle(watchLenses);
      await lens.click();
      const isNoticed = async () =>
        (await watch.evaluate(({ hasChanged }) => hasChanged)) || told !== (await notifications.count());
      if (await holdsWithin(10_000, isNoticed)) return;
    }
    throw new Error(`clicking the lens '${text}' changed nothing`);
  }

  /** One of several lenses with the same words, counted from the top, from 0. */
  async lensFromTop(text: string, index: number): Promise<Locator> {
    const lenses = await this.page.locator('.codelens-decoration a').filter({ hasText: text }).all();
    const placed = await Promise.all(lenses.map(async (lens) => ({ lens, top: (await lens.boundingBox())?.y ?? 0 })));
    const chosen = placed.toSorted((a, b) => a.top - b.top)[index];
    if (!chosen) throw new Error(`there are ${lenses.length} lenses '${text}'`);
    return chosen.lens;
  }

  /** All lenses in view, in order. */
  async lenses(): Promise<string[]> {
    const words = await this.page.locator('.codelens-decoration a, .codelens-decoration > span').allTextContents();
    return words.map((word) => word.replaceAll('\u00a0', ' ').trim()).filter((word) => word && word !== '|');
  }

  /** What stands after a line of the open editor. */
  inlineResult(line: number): Promise<string> {
    return this.editor.after(line);
  }

  /** The rows of the Problems pane. */
  async problems(): Promise<string[]> {
    const pane = this.page.locator('.markers-panel');
    if (!(await pane.isVisible())) await this.command('Problems: Focus on Problems View');
    await pane.waitFor();
    const rows = await pane.locator('.monaco-list-row .marker-message-line, .monaco-list-row .details-container').all();
    const texts = await Promise.all(rows.map((row) => row.textContent()));
    return texts.map((text) => (text ?? '').replaceAll('\u00a0', ' ').replace(/\s+/g, ' ').trim()).filter(Boolean);
  }

  /** What the status bar says of the engine. */
  get engineStatus(): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: 'Depth Lab:' });
  }

  /** What is shown where the pointer rests. */
  hover(text: string | RegExp): Locator {
    return this.page.locator('.monaco-hover:visible').filter({ hasText: text }).first();
  }

  /** The choices that the extension offers, with what stands beside and below them. */
  async choices(): Promise<string[]> {
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor();
    return rows.allTextContents();
  }

  /** Takes one of the choices that the extension offers. */
  async choose(text: string | RegExp): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first();
    await row.click();
    // Another list may follow in the same place.
    await row.waitFor({ state: 'hidden' });
  }

  /** A message at the lower right. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast').filter({ hasText: text }).first();
  }

  /** Chooses a colour theme. */
  async theme(name: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input').first();
    const row = this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first();
    // Themes that VS Code finds after the list was opened are not in it.
    await until(async () => {
      await this.command('Preferences: Color Theme');
      await input.fill(name);
      const isThere = await appears(row);
      if (!isThere) await input.press('Escape');
      return isThere;
    });
    await row.click();
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Gives the editors the whole window. */
  async hideSideBar(): Promise<void> {
    if (await this.page.locator('.explorer-folders-view').isVisible())
      await this.command('View: Toggle Primary Side Bar Visibility');
  }

  /** Keeps a picture in `.cache/screenshots`. */
  async screenshot(name: string): Promise<void> {
    const folder = path.join(cache, 'screenshots');
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: path.join(folder, `${name}.png`) });
  }
}

async function isReady(page: Page): Promise<void> {
  await page.locator('.monaco-workbench').waitFor();
  const folders = page.locator('.explorer-folders-view .monaco-list').first();
  const none = page.getByText('You have not yet added a folder');
  // VS Code may read a workspace of several folders before the server's files can be read, and then stays without any.
  for (let attempt = 0; attempt < 4; attempt++) {
    await folders.or(none).first().waitFor();
    if (await appears(folders)) return;
    await page.reload();
  }
  await folders.waitFor();
}

/** Whether the lenses have said something else since then, were it for a moment. Runs in the page. */
function watchLenses(): { hasChanged: boolean } {
  const words = () =>
    [...document.querySelectorAll('.codelens-decoration a, .codelens-decoration > span')]
      .map((lens) => lens.textContent)
      .sort()
      .join('\n');
  const watch = { hasChanged: false };
  const atFirst = words();
  const observer = new MutationObserver(() => {
    if (words() === atFirst) return;
    watch.hasChanged = true;
    observer.disconnect();
  });
  observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  return watch;
}

/** Whether something is there within a few seconds. */
function appears(locator: Locator): Promise<boolean> {
  return locator.waitFor({ timeout: 3000 }).then(
    () => true,
    () => false,
  );
}
