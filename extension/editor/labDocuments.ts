import * as vscode from 'vscode';
import { DefinitionTracker, type Fingerprint, type FoundCall, fingerprints } from '../definitions/index.ts';
import type { RunService } from '../runs/runService.ts';
import { isLabDocument } from './labFiles.ts';

/** A call with a literal name, which can be run on its own. */
export type NamedCall = FoundCall & { name: string };

/** How the results on view relate to the current text. */
export interface Freshness {
  /** Something on which all results depend has changed. */
  frameChanged: boolean;
  /** The parameterizations whose text has changed. */
  changed: ReadonlySet<string>;
}

/** Tracks the open lab files: their experiments, and which of them have changed since they ran. */
export class LabDocuments implements vscode.Disposable {
  private readonly trackers = new Map<string, DefinitionTracker>();
  /** Fingerprints of the text with which each experiment last ran, by file and name. */
  private readonly ran = new Map<string, Fingerprint>();
  private readonly freshnessNow = new Map<string, Freshness>();
  private readonly changed = new vscode.EventEmitter<vscode.TextDocument>();
  private readonly disposables: vscode.Disposable[] = [this.changed];

  /** Fires when the experiments of a document may have moved or changed. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly runs: RunService) {
    this.disposables.push(
      vscode.workspace.onDidOpenTextDocument((document) => this.open(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.trackers.delete(document.uri.fsPath)),
      vscode.workspace.onDidChangeTextDocument((event) => this.edit(event)),
      runs.subscribe((file, experiment, message) => {
        if (message.type === 'status' && message.status === 'loading') this.remember(file, experiment);
      }),
    );
    for (const document of vscode.workspace.textDocuments) this.open(document);
  }

  /** The calls of `experiment` in a document, in order. */
  calls(document: vscode.TextDocument): readonly FoundCall[] {
    return this.trackers.get(document.uri.fsPath)?.calls ?? [];
  }

  /** The experiments that can be run on their own. */
  named(document: vscode.TextDocument): readonly NamedCall[] {
    return this.calls(document).filter((call): call is NamedCall => call.name !== null);
  }

  /**
   * The call that defines an experiment: found by its name or, if the name is computed, by the line reported by the engine.
   * @param line from 1
   */
  callOf(document: vscode.TextDocument, experiment: string, line: number | undefined): FoundCall | undefined {
    const calls = this.calls(document);
    return (
      calls.find(({ name }) => name === experiment) ?? calls.find((call) => call.name === null && call.line === line)
    );
  }

  /** The experiment at a position, otherwise the nearest one above it, otherwise the first. */
  at(document: vscode.TextDocument, position: vscode.Position): NamedCall | undefined {
    const named = this.named(document);
    return named.findLast(({ line }) => line - 1 <= position.line) ?? named[0];
  }

  freshness(file: string, experiment: string): Freshness {
    return this.freshnessNow.get(key(file, experiment)) ?? { frameChanged: false, changed: new Set() };
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private open(document: vscode.TextDocument): void {
    if (!isLabDocument(document)) return;
    this.trackers.set(document.uri.fsPath, new DefinitionTracker(document.getText()));
    this.update(document);
  }

  private edit({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const tracker = this.trackers.get(document.uri.fsPath);
    if (!tracker || contentChanges.length === 0) return;
    const edits = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
      from: rangeOffset,
      to: rangeOffset + rangeLength,
      length: text.length,
    }));
    tracker.change(edits, document.getText());
    this.update(document);
  }

  /** Called when the text has changed: declares the experiments and marks those that have changed. */
  private update(document: vscode.TextDocument): void {
    const file = document.uri.fsPath;
    const named = this.named(document);
    this.runs.declare(
      file,
      named.map(({ name }) => name),
    );
    if (named.some(({ name }) => this.ran.has(key(file, name)))) this.compare(document, named);
    this.changed.fire(document);
  }

  private compare(document: vscode.TextDocument, named: readonly NamedCall[]): void {
    const file = document.uri.fsPath;
    fingerprints(document.getText(), named).forEach((now, i) => {
      const { name } = named[i];
      const before = this.ran.get(key(file, name));
      if (!before) return;
      const entries = new Set([...Object.keys(before.parameterizations), ...Object.keys(now.parameterizations)]);
      const changed = [...entries].filter((entry) => before.parameterizations[entry] !== now.parameterizations[entry]);
      const frameChanged = before.frame !== now.frame;
      this.freshnessNow.set(key(file, name), { frameChanged, changed: new Set(changed) });
      this.runs.setEdited(file, name, frameChanged || changed.length > 0);
    });
  }

  /** Called when an experiment starts to run with the current text. */
  private remember(file: string, experiment: string): void {
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === file);
    if (!document) return;
    const named = this.named(document);
    const index = named.findIndex(({ name }) => name === experiment);
    if (index < 0) return;
    this.ran.set(key(file, experiment), fingerprints(document.getText(), named)[index]);
    this.freshnessNow.delete(key(file, experiment));
  }
}

const key = (file: string, experiment: string) => `${file}\n${experiment}`;
