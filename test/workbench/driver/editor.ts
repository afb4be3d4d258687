import type { Page } from 'playwright-core';
import { until } from './until.ts';

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

  /** Gives the keyboard to the first text editor. */
  async focus(): Promise<void> {
    await this.page.keyboard.press(`${modifier}+1`);
    await this.page.locator('.monaco-editor.focused').first().waitFor();
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

  /** Types over some characters of a line. */
  async replace(line: number, column: number, characters: number, text: string): Promise<void> {
    await this.goTo(line, column);
    for (let i = 0; i < characters; i++) await this.press('Shift+ArrowRight');
    await this.type(text);
  }

  async undo(): Promise<void> {
    await this.press(`${modifier}+Z`);
  }

  async save(): Promise<void> {
    await this.press(`${modifier}+S`);
  }

  /** The text of a line on view. */
  async text(line: number): Promise<string> {
    const texts = await this.page.evaluate((at) => {
      const numbers = [...document.querySelectorAll<HTMLElement>('.margin-view-overlays > div')];
      const row = numbers.find((one) => one.querySelector('.line-numbers')?.textContent?.trim() === String(at));
      const views = [...document.querySelectorAll<HTMLElement>('.view-lines .view-line')];
      return views.filter((one) => one.style.top === row?.style.top).map(({ textContent }) => textContent ?? '');
    }, line);
    return (texts[0] ?? '').replaceAll('\u00a0', ' ');
  }

  /** The decoration text after a line, empty where there is none. */
  async after(line: number): Promise<string> {
    return (await this.page.evaluate(decorationsAfter, line)).map(({ text }) => text).join('');
  }

  /** The colour of the decoration text after a line. */
  async colourAfter(line: number): Promise<string | undefined> {
    return (await this.page.evaluate(decorationsAfter, line))[0]?.colour;
  }

  /** Asks for completion at the cursor until a name is offered; returns what is offered. */
  async completions(name: string): Promise<string[]> {
    const rows = this.page.locator('.suggest-widget .monaco-list-row .label-name');
    await until(async () => {
      await this.press('Control+Space');
      return rows
        .filter({ hasText: name })
        .first()
        .waitFor({ timeout: 2000 })
        .then(
          () => true,
          () => false,
        );
    }, 30_000);
    return rows.allTextContents();
  }

  /** What is shown when the pointer rests on a place. */
  async hover(line: number, column: number): Promise<string> {
    await this.goTo(line, column);
    await this.press(`${modifier}+K`, `${modifier}+I`);
    const hover = this.page.locator('.monaco-hover:visible .monaco-hover-content').first();
    await hover.waitFor();
    const text = (await hover.textContent()) ?? '';
    await this.press('Escape');
    return text.replaceAll('\u00a0', ' ');
  }
}

/** Runs in the page. Lines have no number of their own there: a line is where its number is. */
export function decorationsAfter(line: number): { text: string; colour: string }[] {
  for (const editor of document.querySelectorAll('.monaco-editor[data-uri]')) {
    const numbers = [...editor.querySelectorAll<HTMLElement>('.margin-view-overlays > div')];
    const row = numbers.find((element) => element.querySelector('.line-numbers')?.textContent?.trim() === String(line));
    const lines = [...editor.querySelectorAll<HTMLElement>('.view-lines .view-line')];
    const view = row && lines.find((element) => element.style.top === row.style.top);
    if (!view) continue;
    return [...view.querySelectorAll('span')].flatMap((span) => {
      const { content, color } = getComputedStyle(span, '::after');
      if (!content.startsWith('"')) return [];
      return { text: (JSON.parse(content) as string).replaceAll('\u00a0', ' ').trim(), colour: color };
    });
  }
  return [];
}
