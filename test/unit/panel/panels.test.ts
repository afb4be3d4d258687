import { beforeEach, expect, it } from 'vitest';
import type { ResultsPanel } from '../../../extension/panel/panel.ts';
import { ResultsPanels } from '../../../extension/panel/panels.ts';

/** A panel without VS Code. */
class Fake {
  isOpen = false;
  shown: string | null = null;
  isDisposed = false;
  private listener = () => {};

  onDidChange = (listener: () => void) => {
    this.listener = listener;
    return { dispose() {} };
  };

  column: number | undefined;

  show(file: string, experiment: string, column = 2): void {
    this.column ??= column;
    this.isOpen = true;
    this.shown = `${file} ${experiment}`;
  }

  rename(from: string, to: string): void {
    this.shown = this.shown?.replace(from, to) ?? null;
  }

  async deserializeWebviewPanel(_panel: unknown, { experiment }: { experiment: string }): Promise<void> {
    this.show('restored', experiment);
  }

  dispose(): void {
    this.isDisposed = true;
  }

  /** As if the user had closed it. */
  close(): void {
    this.isOpen = false;
    this.listener();
  }
}

let made: Fake[];
let panels: ResultsPanels;
beforeEach(() => {
  made = [];
  panels = new ResultsPanels(() => {
    const panel = new Fake();
    made.push(panel);
    return panel as unknown as ResultsPanel;
  });
});
const shown = () => made.map((panel) => panel.shown);

it('shows what is run in the first panel, and leaves further ones as they are', () => {
  panels.show('a', 'one');
  panels.showBeside('a', 'two');
  panels.show('a', 'three');
  expect(shown()).toEqual(['a three', 'a two']);
});

it('opens further panels side by side', () => {
  panels.showBeside('a', 'zero');
  panels.show('a', 'one');
  panels.showBeside('a', 'two');
  panels.showBeside('a', 'three');
  expect(made.map(({ column }) => column)).toEqual([2, 2, 3, 4]);
});

it('follows files in every panel', () => {
  panels.show('a', 'one');
  panels.showBeside('a', 'two');
  panels.rename('a', 'b');
  expect(shown()).toEqual(['b one', 'b two']);
});

it('lets go of a further panel that is closed', () => {
  panels.show('a', 'one');
  panels.showBeside('a', 'two');
  made[1]!.close();
  expect(made.map(({ isDisposed }) => isDisposed)).toEqual([false, true]);
  panels.rename('a', 'b');
  expect(shown()).toEqual(['b one', 'a two']);
});

it('restores all panels of an earlier window', async () => {
  for (const experiment of ['one', 'two']) await panels.deserializeWebviewPanel({} as never, { experiment });
  expect(shown()).toEqual(['restored one', 'restored two']);
});
