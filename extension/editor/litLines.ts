import * as vscode from 'vscode';
import { guarded } from './guarded.ts';
import type { LabDocuments } from './labDocuments.ts';
import { isLabDocument } from './labFiles.ts';
import { type LitNames, namesAt, rangesOf } from './litNames.ts';
import { editorRange } from './ranges.ts';

/** What the results panel shows, and what is lit up there. */
export interface LitPanel {
  readonly onView: { file: string; experiment: string } | null;
  /** Fires with what the pointer is at in the panel. */
  readonly onDidLight: vscode.Event<LitNames>;
  /** Lights up what is named. */
  light(names: LitNames): void;
}

/**
 * Connects lines and series: what the pointer is at in the results panel is lit up in the text, and the series of the
 * line that the cursor is in are lit up in the panel.
 */
export class LitLines implements vscode.Disposable {
  private readonly decoration = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.wordHighlightBackground'),
    isWholeLine: true,
  });
  private readonly disposables: vscode.Disposable[] = [this.decoration];

  constructor(
    private readonly documents: Pick<LabDocuments, 'named' | 'isCurrent'>,
    private readonly panel: LitPanel,
  ) {
    this.disposables.push(
      panel.onDidLight((names) => guarded(() => this.lightLines(names), undefined)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) =>
        guarded(() => this.lightSeries(textEditor), undefined),
      ),
    );
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private lightLines(names: LitNames): void {
    const { onView } = this.panel;
    for (const editor of vscode.window.visibleTextEditors) {
      const { document } = editor;
      if (!isLabDocument(document)) continue;
      const isShown = document.uri.fsPath === onView?.file && this.documents.isCurrent(onView.file);
      const call = isShown && this.documents.named(document).find(({ name }) => name === onView.experiment);
      editor.setDecorations(this.decoration, call ? rangesOf(call, names).map(editorRange) : []);
    }
  }

  private lightSeries({ document, selection }: vscode.TextEditor): void {
    const { onView } = this.panel;
    if (!onView || document.uri.fsPath !== onView.file || !this.documents.isCurrent(onView.file)) return;
    const call = this.documents.named(document).find(({ name }) => name === onView.experiment);
    const { line, character } = selection.active;
    if (call) this.panel.light(namesAt(call, line + 1, character + 1));
  }
}
