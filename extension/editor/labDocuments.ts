import * as vscode from 'vscode';
import { DefinitionTracker, type Fingerprint, type FoundCall, type Steps, toEnd } from '../definitions/index.ts';
import type { RunService } from '../runs/runService.ts';
import { compare, FRESH, type Freshness, isFresh, isSame } from './freshness.ts';
import { guarded } from './guarded.ts';
import { isLabDocument } from './labFiles.ts';
import { inSlices } from './slices.ts';
import { type NamedCall, TrackedDocument } from './trackedDocument.ts';

/** Comparisons between two pauses. */
const COMPARISONS = 50;

/**
 * Tracks the open lab files: their experiments, and which of them have changed since they ran. The answers are those of
 * the last look at a text, which is behind the typing; {@link LabDocuments.settled} waits for it.
 */
export class LabDocuments implements vscode.Disposable {
  private readonly tracked = new Map<string, TrackedDocument>();
  /** Fingerprints of the text with which each experiment last ran, by file and name. */
  private readonly ran = new Map<string, Fingerprint>();
  /** Experiments whose results are of earlier imports. */
  private readonly importsChanged = new Set<string>();
  private readonly freshnessNow = new Map<string, Freshness>();
  private readonly moved = new vscode.EventEmitter<vscode.TextDocument>();
  private readonly disposables: vscode.Disposable[] = [this.moved];

  /** Fires when the experiments of a document may have moved or changed. */
  readonly onDidChange = this.moved.event;

  constructor(private readonly runs: RunService) {
    this.disposables.push(
      vscode.workspace.onDidOpenTextDocument((document) => this.open(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.close(document)),
      vscode.workspace.onDidChangeTextDocument((event) => this.edit(event)),
      runs.onStart((file, experiment) => guarded(() => this.remember(file, experiment), undefined)),
    );
    for (const document of vscode.workspace.textDocuments) this.open(document);
  }

  /** Resolves when the experiments are those of the text; for a large text that is being typed, after the typing. */
  settled(document: vscode.TextDocument): Promise<void> {
    return this.tracked.get(document.uri.fsPath)?.settled() ?? Promise.resolve();
  }

  /** Like {@link settled}, without waiting for the typing to stop. @param file its path */
  settledSoon(file: string): Promise<void> {
    return this.tracked.get(file)?.settledSoon() ?? Promise.resolve();
  }

  /** Whether the experiments are those of the text as it is. */
  isCurrent(file: string): boolean {
    return this.tracked.get(file)?.isCurrent ?? true;
  }

  /** Whether the text has no syntax error, as of the last look at it. */
  isComplete(file: string): boolean {
    return this.tracked.get(file)?.tracker.isComplete ?? false;
  }

  /** The calls of `experiment` in a document, in order. */
  calls(document: vscode.TextDocument): readonly FoundCall[] {
    return this.tracked.get(document.uri.fsPath)?.calls ?? [];
  }

  /** The experiments that can be run on their own. */
  named(document: vscode.TextDocument): readonly NamedCall[] {
    return this.tracked.get(document.uri.fsPath)?.named ?? [];
  }

  /**
   * The call that defines an experiment: found by its name or, if the name is computed, by the line reported by the engine.
   * @param line from 1
   */
  callOf(document: vscode.TextDocument, experiment: string, line: number | undefined): FoundCall | undefined {
    return this.tracked.get(document.uri.fsPath)?.callOf(experiment, line);
  }

  /** The experiment at a position, otherwise the nearest one above it, otherwise the first. */
  at(document: vscode.TextDocument, position: vscode.Position): NamedCall | undefined {
    const named = this.named(document);
    return named.findLast(({ line }) => line - 1 <= position.line) ?? named[0];
  }

  freshness(file: string, experiment: string): Freshness {
    return this.freshnessNow.get(key(file, experiment)) ?? FRESH;
  }

  /**
   * Of some experiments of a file those that are no longer what ran last; null while the text is half-typed, or if it is
   * edited meanwhile.
   */
  async changed(file: string, names: readonly string[]): Promise<string[] | null> {
    const tracked = this.tracked.get(file);
    if (!tracked) return null;
    await tracked.settledSoon();
    const { tracker } = tracked;
    if (!tracked.isCurrent || !tracker.isComplete) return null;
    const calls = tracked.named.filter(({ name }) => names.includes(name));
    const isEdited = () => !tracked.isCurrent;
    const prints = await inSlices(tracker.fingerprints(calls), isEdited);
    if (!prints || isEdited()) return null;
    const isOther = (name: string, print: Fingerprint | undefined) => {
      const before = this.ran.get(key(file, name));
      return !before || !print || this.importsChanged.has(key(file, name)) || !isFresh(compare(before, print));
    };
    return calls.flatMap(({ name }, i) => (isOther(name, prints[i]) ? [name] : []));
  }

  /** Tells whether what an experiment imports has changed since it ran. */
  setImportsChanged(file: string, experiment: string, isChanged: boolean): void {
    const at = key(file, experiment);
    if (this.importsChanged.has(at) === isChanged) return;
    this.importsChanged[isChanged ? 'add' : 'delete'](at);
    this.tracked.get(file)?.again();
  }

  /** Tells the text with which an experiment ran, where its results come from the store. */
  restored(file: string, experiment: string, text: string): void {
    const tracker = new DefinitionTracker();
    toEnd(tracker.update(text));
    const call = tracker.calls.find(({ name }) => name === experiment);
    const [fingerprint] = call ? toEnd(tracker.fingerprints([call])) : [];
    if (!fingerprint) return;
    this.ran.set(key(file, experiment), fingerprint);
    this.tracked.get(file)?.again();
  }

  /** Moves what is known of a file's last runs to its new path. */
  rename(from: string, to: string): void {
    moveKeys(this.ran, from, to);
    moveKeys(this.freshnessNow, from, to);
    const tracked = this.tracked.get(to);
    if (tracked) this.moved.fire(tracked.document);
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
    for (const tracked of this.tracked.values()) tracked.dispose();
  }

  private open(document: vscode.TextDocument): void {
    if (!isLabDocument(document)) return;
    this.close(document);
    const tracked: TrackedDocument = new TrackedDocument(document, () => this.update(tracked));
    this.tracked.set(document.uri.fsPath, tracked);
    tracked.begin();
  }

  private close({ uri }: vscode.TextDocument): void {
    this.tracked.get(uri.fsPath)?.dispose();
    this.tracked.delete(uri.fsPath);
  }

  private edit({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const tracked = this.tracked.get(document.uri.fsPath);
    if (!tracked || contentChanges.length === 0) return;
    tracked.edit(
      contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
        from: rangeOffset,
        to: rangeOffset + rangeLength,
        length: text.length,
      })),
    );
  }

  /** Called when the experiments of a text are known: declares them and marks those that have changed. */
  private *update(tracked: TrackedDocument): Steps<void> {
    const { document, named } = tracked;
    const file = document.uri.fsPath;
    this.runs.declare(
      file,
      named.map(({ name }) => name),
    );
    this.moved.fire(document);
    const ran = named.filter(({ name }) => this.ran.has(key(file, name)));
    const fingerprints = yield* tracked.tracker.fingerprints(ran);
    let hasChanged = false;
    for (const [i, { name }] of ran.entries()) {
      if (i % COMPARISONS === COMPARISONS - 1) yield;
      const before = this.ran.get(key(file, name));
      const now = fingerprints[i];
      if (!before || !now) continue;
      const { frameChanged, changed } = compare(before, now);
      const isOther = frameChanged || this.importsChanged.has(key(file, name));
      hasChanged = this.setFreshness(file, name, { frameChanged: isOther, changed }) || hasChanged;
    }
    if (hasChanged) this.moved.fire(document);
  }

  /** Returns whether it is another than before. */
  private setFreshness(file: string, name: string, freshness: Freshness): boolean {
    if (isSame(this.freshness(file, name), freshness)) return false;
    this.freshnessNow.set(key(file, name), freshness);
    this.runs.setEdited(file, name, !isFresh(freshness));
    return true;
  }

  /** Called when an experiment starts to run with the current text. */
  private remember(file: string, experiment: string): void {
    const tracked = this.tracked.get(file);
    if (!tracked) return;
    tracked.settle();
    const call = tracked.callOf(experiment, undefined);
    const [fingerprint] = call ? toEnd(tracked.tracker.fingerprints([call])) : [];
    if (!fingerprint) return;
    this.ran.set(key(file, experiment), fingerprint);
    this.importsChanged.delete(key(file, experiment));
    this.freshnessNow.delete(key(file, experiment));
  }
}

const key = (file: string, experiment: string) => `${file}\n${experiment}`;

function moveKeys<T>(map: Map<string, T>, from: string, to: string): void {
  const start = key(from, '');
  for (const [at, value] of [...map]) {
    if (!at.startsWith(start)) continue;
    map.delete(at);
    map.set(key(to, at.slice(start.length)), value);
  }
}
