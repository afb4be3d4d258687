import * as vscode from 'vscode';
import type { RunService } from '../runs/runService.ts';
import { DrawnRemarks } from './drawnRemarks.ts';
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
  private readonly drawn = new WeakMap<vscode.TextEditor, DrawnRemarks>();
  private readonly disposables: vscode.Disposable[] = [this.decoration];
  private later: NodeJS.Timeout | null = null;

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
      vscode.workspace.onDidChangeTextDocument((event) => this.edited(event)),
      vscode.window.onDidChangeVisibleTextEditors(() => follow.call()),
      vscode.window.onDidChangeTextEditorVisibleRanges(() => follow.call()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('depthLab.inlineResults')) follow.call();
      }),
    );
    guarded(() => this.drawAll(), undefined);
  }

  dispose(): void {
    if (this.later) clearTimeout(this.later);
    for (const disposable of this.disposables) disposable.dispose();
  }

  /** Returns whether there was anything to draw. */
  private drawAll(): boolean {
    const drawn = vscode.window.visibleTextEditors.map((editor) => this.draw(editor));
    return drawn.includes(true);
  }

  private draw(editor: vscode.TextEditor): boolean {
    const { document } = editor;
    // Where the text has been edited since, the results would be drawn in the wrong lines.
    if (!isLabDocument(document) || !this.documents.isCurrent(document.uri.fsPath)) return false;
    const { enabled, column } = inlineSettings(document);
    const remarks = enabled ? this.remarksIn(editor).filter((remark) => !isTooLong(document, remark, column)) : [];
    const before = this.drawn.get(editor);
    const wait = before ? before.wait(remarks, performance.now()) : 0;
    if (wait !== 0) {
      if (wait !== null) this.drawLater(wait);
      return false;
    }
    this.drawn.set(editor, new DrawnRemarks(remarks));
    editor.setDecorations(
      this.decoration,
      remarks.map((remark) => option(document, remark)),
    );
    return true;
  }

  private drawLater(milliseconds: number): void {
    this.later ??= setTimeout(() => {
      this.later = null;
      guarded(() => this.drawAll(), undefined);
    }, milliseconds);
  }

  /** VS Code keeps what is drawn at the end of its line as long as lines are neither joined nor split. */
  private edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (contentChanges.every(({ range, text }) => range.isSingleLine && !text.includes('\n'))) return;
    for (const editor of vscode.window.visibleTextEditors) if (editor.document === document) this.drawn.delete(editor);
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
