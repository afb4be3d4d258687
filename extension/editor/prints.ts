/** Shows what a lab file prints on the console beside the lines that do. All of it is in the output channel, too. */
import * as vscode from 'vscode';
import type { RunService } from '../runs/runService.ts';
import { throttled } from './throttled.ts';

/** Longest text beside a line, in characters. */
const LONGEST = 80;

/** What one line has printed. */
interface Line {
  last: string;
  count: number;
}

export class Prints implements vscode.Disposable {
  private readonly decoration = vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  /** By lab file, by the file that prints, by line from 1. */
  private readonly printed = new Map<string, Map<string, Map<number, Line>>>();
  private readonly refresh = throttled(60, () => this.draw(), true);
  private readonly disposables: vscode.Disposable[];

  constructor(runs: RunService) {
    this.disposables = [
      this.decoration,
      this.refresh,
      runs.onStart((labFile) => {
        if (this.printed.delete(labFile)) this.refresh.call();
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => this.refresh.call()),
      // What an edited line has printed is no longer what it says; VS Code moves the others.
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.forget(document.uri.fsPath);
      }),
    ];
  }

  /** @param labFile the file that runs, which may have imported the one that prints */
  add(labFile: string, { file, line, text }: { file: string; line: number; text: string }): void {
    const files = this.printed.get(labFile) ?? new Map<string, Map<number, Line>>();
    const lines = files.get(file) ?? new Map<number, Line>();
    this.printed.set(labFile, files.set(file, lines));
    lines.set(line, { last: text, count: (lines.get(line)?.count ?? 0) + 1 });
    this.refresh.call();
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  /** What is drawn stays where it is until something is printed anew. */
  private forget(file: string): void {
    for (const files of this.printed.values()) files.delete(file);
  }

  private draw(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const { document } = editor;
      if (document.uri.scheme !== 'file') continue;
      const lines = [...this.printed.values()].flatMap((files) => [...(files.get(document.uri.fsPath) ?? [])]);
      editor.setDecorations(
        this.decoration,
        lines.filter(([line]) => line <= document.lineCount).map(([line, one]) => option(document, line, one)),
      );
    }
  }
}

function option(document: vscode.TextDocument, line: number, { last, count }: Line): vscode.DecorationOptions {
  const { end } = document.lineAt(line - 1).range;
  return {
    range: new vscode.Range(end, end),
    hoverMessage: new vscode.MarkdownString().appendCodeblock(last, 'text'),
    renderOptions: {
      after: {
        contentText: printedText(last, count),
        color: new vscode.ThemeColor('depthLab.inlineResult'),
        fontStyle: 'italic',
        margin: '0 0 0 2em',
      },
    },
  };
}

/** One line of what was printed last, and how often something was. */
export function printedText(last: string, count: number): string {
  const [first = '', ...others] = last.split('\n');
  const isCut = first.length > LONGEST || others.length > 0;
  const text = isCut ? `${first.slice(0, LONGEST)}…` : first;
  return count > 1 ? `${text} (${count} times)` : text;
}
