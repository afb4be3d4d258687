import * as vscode from 'vscode';
import type { RunService } from '../runs/runService.ts';
import { guarded } from './guarded.ts';
import type { LabDocuments } from './labDocuments.ts';
import { isLabDocument } from './labFiles.ts';
import { inlineSettings } from './lensKinds.ts';
import { isTooLong } from './lineLenses.ts';
import { type Remark, remarksOf } from './remarks.ts';
import { throttled } from './throttled.ts';

/** Results are drawn in the lines on view and in so many above and below. */
const MARGIN = 200;

/** Draws results beside the lines they belong to. */
export class InlineResults implements vscode.Disposable {
  private readonly decoration = vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  private readonly disposables: vscode.Disposable[] = [this.decoration];

  constructor(
    private readonly documents: LabDocuments,
    private readonly runs: RunService,
  ) {
    const refresh = throttled(60, () => this.drawAll(), true);
    // Between two looks at a text VS Code itself moves what is drawn.
    const follow = throttled(30, () => this.drawAll());
    this.disposables.push(
      refresh,
      follow,
      runs.subscribe((_file, _experiment, message) => {
        // A planned run shows nothing new yet: its first number must not wait for the drawing of that.
        if (message.type !== 'status' || message.status !== 'running') refresh.call();
      }),
      documents.onDidChange(() => follow.call()),
      vscode.window.onDidChangeVisibleTextEditors(() => follow.call()),
      vscode.window.onDidChangeTextEditorVisibleRanges(() => follow.call()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('depthLab.inlineResults')) follow.call();
      }),
    );
    guarded(() => this.drawAll(), undefined);
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private drawAll(): void {
    for (const editor of vscode.window.visibleTextEditors) this.draw(editor);
  }

  private draw(editor: vscode.TextEditor): void {
    const { document } = editor;
    // Where the text has been edited since, the results would be drawn in the wrong lines.
    if (!isLabDocument(document) || !this.documents.isCurrent(document.uri.fsPath)) return;
    const { enabled, column } = inlineSettings(document);
    const remarks = enabled ? this.remarksIn(editor).filter((remark) => !isTooLong(document, remark, column)) : [];
    editor.setDecorations(
      this.decoration,
      remarks.map((remark) => option(document, remark)),
    );
  }

  private remarksIn({ document, visibleRanges }: vscode.TextEditor): Remark[] {
    const file = document.uri.fsPath;
    const first = Math.min(...visibleRanges.map(({ start }) => start.line)) - MARGIN;
    const last = Math.max(...visibleRanges.map(({ end }) => end.line)) + MARGIN;
    return this.documents.named(document).flatMap((call) => {
      const { start, end } = call.range;
      const view = start.line - 1 <= last && end.line - 1 >= first ? this.runs.view(file, call.name) : null;
      if (!view) return [];
      const remarks = remarksOf(view, call, this.documents.freshness(file, call.name));
      return remarks.filter(({ line }) => first <= line && line <= last);
    });
  }
}

function option(document: vscode.TextDocument, { line, text, colour }: Remark): vscode.DecorationOptions {
  const end = document.lineAt(Math.min(line, document.lineCount - 1)).range.end;
  return {
    range: new vscode.Range(end, end),
    renderOptions: {
      after: { contentText: text, color: new vscode.ThemeColor(colour), margin: '0 0 0 2em' },
    },
  };
}
