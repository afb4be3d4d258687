import type { Page } from 'playwright-core';

const modifier = process.platform === 'darwin' ? 'Meta' : 'Control';

/** The text editor in use. */
export class Editor {
  constructor(private readonly page: Page) {}

  /** Waits until a file is on view. */
  async shown(file: string): Promise<void> {
    await this.page
      .locator(`.monaco-editor[data-uri$="${encodeURI(file)}"] .view-line`)
      .first()
      .waitFor();
  }

  /** Puts the cursor at a place, counted from 1. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.page
      .locator('.monaco-editor[data-uri^="file"], .monaco-editor[data-uri^="vscode-remote"]')
      .first()
      .click();
    await this.page.keyboard.press('Control+G');
    const input = this.page.locator('.quick-input-widget input').first();
    await input.fill(`:${line}:${column}`);
    await input.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Puts text in without the editor's help, as pasting does. */
  async insert(text: string): Promise<void> {
    await this.page.keyboard.insertText(text);
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Replaces the whole text. */
  async replaceAll(text: string): Promise<void> {
    await this.goTo(1);
    await this.press(`${modifier}+A`);
    await this.insert(text);
  }

  async save(): Promise<void> {
    await this.press(`${modifier}+S`);
  }

  /** The decoration text after a line, empty where there is none. */
  after(line: number): Promise<string> {
    return this.page.evaluate((number) => {
      for (const editor of document.querySelectorAll('.monaco-editor[data-uri]')) {
        const numbers = [...editor.querySelectorAll<HTMLElement>('.margin-view-overlays > div')];
        const row = numbers.find(
          (element) => element.querySelector('.line-numbers')?.textContent?.trim() === String(number),
        );
        if (!row) continue;
        const lines = [...editor.querySelectorAll<HTMLElement>('.view-lines .view-line')];
        const view = lines.find((element) => element.style.top === row.style.top);
        if (!view) continue;
        return [...view.querySelectorAll('span')]
          .map((span) => getComputedStyle(span, '::after').content)
          .filter((content) => content.startsWith('"'))
          .map((content) => JSON.parse(content) as string)
          .join('')
          .replaceAll('\u00a0', ' ')
          .trim();
      }
      return '';
    }, line);
  }
}
