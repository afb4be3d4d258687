/** Shows the numbers of the experiment on view as knobs in the results panel; turning one edits the text. */
import * as vscode from 'vscode';
import { type FoundNumber, findNumbers } from '../definitions/index.ts';
import type { Knob, Turn } from '../report/knob.ts';
import { writtenLike } from '../report/notation.ts';
import { documentAt } from './contents.ts';
import { guardedAsync } from './guarded.ts';
import { rangeOf } from './knobRange.ts';
import type { LabDocuments } from './labDocuments.ts';
import { editorRange } from './ranges.ts';
import { throttled } from './throttled.ts';

/** The results panel. */
export interface KnobPanel {
  readonly onView: { file: string; experiment: string } | null;
  /** Fires when it shows another experiment, or has loaded its page. */
  readonly onDidChange: vscode.Event<void>;
  readonly onDidTurn: vscode.Event<Turn>;
  showKnobs(knobs: readonly Knob[]): void;
}

export class Knobs implements vscode.Disposable {
  private readonly disposables: vscode.Disposable[];
  /** Edits are made one after the other: of several turns of one knob only the last one counts. */
  private readonly queue: Turn[] = [];
  private isWriting = false;
  /** The knob that is being turned, and its number before. */
  private drag: { id: string; text: string } | null = null;

  constructor(
    private readonly documents: LabDocuments,
    private readonly panel: KnobPanel,
  ) {
    const refresh = throttled(50, () => this.show(), true);
    this.disposables = [
      refresh,
      panel.onDidChange(() => refresh.call()),
      documents.onDidChange(() => refresh.call()),
      panel.onDidTurn((turn) => this.turn(turn)),
    ];
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private show(): void {
    const { onView } = this.panel;
    if (!onView) return;
    const document = documentAt(onView.file);
    if (!document || !this.documents.isComplete(onView.file)) return;
    this.panel.showKnobs(this.numbersIn(document, onView.experiment).map(({ knob }) => knob));
  }

  /** The numbers of an experiment, with what they are called in the panel. */
  private numbersIn(document: vscode.TextDocument, experiment: string): { number: FoundNumber; knob: Knob }[] {
    const call = this.documents.named(document).find(({ name }) => name === experiment);
    if (!call) return [];
    const { start, end } = editorRange(call.range);
    const span = { from: document.offsetAt(start), to: document.offsetAt(end) };
    const seen = new Map<string, number>();
    return findNumbers(document.getText(), span).map((number) => {
      const { group, label, text, value, bounds } = number;
      const name = `${group}\n${label}`;
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      const knob = { id: `${name}\n${count}`, group, label, text, value, isWhole: bounds.isWhole, ...rangeOf(number) };
      return { number, knob };
    });
  }

  private turn(turn: Turn): void {
    const last = this.queue.at(-1);
    if (last && !last.isEnd && last.id === turn.id) this.queue.pop();
    this.queue.push(turn);
    if (!this.isWriting) void guardedAsync(() => this.writeAll(), undefined);
  }

  private async writeAll(): Promise<void> {
    this.isWriting = true;
    try {
      for (let turn = this.queue.shift(); turn; turn = this.queue.shift()) await this.write(turn);
    } finally {
      this.isWriting = false;
    }
  }

  /**
   * Writes the number of a knob. A drag is one undo step: undo stops can be left out only in an editor on view. Where there
   * is none, the text is edited once, at the end.
   */
  private async write({ file, experiment, id, value, isEnd }: Turn): Promise<void> {
    const editorOf = () => vscode.window.visibleTextEditors.find(({ document }) => document.uri.fsPath === file);
    if (!(editorOf() || isEnd)) return;
    const document = documentAt(file) ?? (await vscode.workspace.openTextDocument(file));
    // The text may change while an edit of it is under way.
    for (let tries = 0; tries < 3; tries++) {
      await this.documents.settledSoon(file);
      const found = this.numbersIn(document, experiment).find(({ knob }) => knob.id === id);
      if (!found) return;
      const { from, to, text, bounds } = found.number;
      const isFirst = this.drag?.id !== id;
      const like = isFirst ? text : (this.drag?.text ?? text);
      this.drag = isEnd ? null : { id, text: like };
      const written = writtenLike(value, like, bounds.isWhole);
      if (written === text && !isEnd) return;
      const range = new vscode.Range(document.positionAt(from), document.positionAt(to));
      if (await this.replace(editorOf(), document, range, written, { isFirst, isEnd })) return;
    }
  }

  private replace(
    editor: vscode.TextEditor | undefined,
    document: vscode.TextDocument,
    range: vscode.Range,
    text: string,
    { isFirst, isEnd }: { isFirst: boolean; isEnd: boolean },
  ): Thenable<boolean> {
    if (editor) {
      const stops = { undoStopBefore: isFirst, undoStopAfter: isEnd };
      return editor.edit((edit) => edit.replace(range, text), stops);
    }
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, range, text);
    return vscode.workspace.applyEdit(edit);
  }
}
