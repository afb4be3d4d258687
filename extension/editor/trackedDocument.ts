import type * as vscode from 'vscode';
import { DefinitionTracker, type FoundCall, type Steps, type TextEdit, toEnd } from '../definitions/index.ts';
import { guarded, guardedAsync } from './guarded.ts';
import { inSlices } from './slices.ts';

/** A call with a literal name, which can be run on its own. */
export type NamedCall = FoundCall & { readonly name: string };

/** Texts from this size on are looked at when typing has stopped. */
const LARGE = { characters: 200_000, calls: 1000 };

/** Milliseconds without an edit after which a text is looked at. */
const PAUSE = { small: 20, large: 300 };

/** Follows the experiments of one open document, in slices and behind the typing. */
export class TrackedDocument {
  readonly tracker = new DefinitionTracker();
  /** Whether the calls are those of the text as it is. */
  isCurrent = false;
  named: readonly NamedCall[] = [];
  private byName = new Map<string, NamedCall>();
  private computedByLine = new Map<number, FoundCall>();
  private timer: NodeJS.Timeout | null = null;
  /** Counts the reasons to look at the text anew. */
  private version = 0;
  /** The version that is being worked on. */
  private inWork = -1;
  private waiting: (() => void)[] = [];

  /** @param updated what is to be done whenever the calls are those of the text again */
  constructor(
    readonly document: vscode.TextDocument,
    private readonly updated: () => Steps<void>,
  ) {}

  get calls(): readonly FoundCall[] {
    return this.tracker.calls;
  }

  /**
   * The call that defines an experiment: found by its name or, if the name is computed, by the line reported by the engine.
   * @param line from 1
   */
  callOf(experiment: string, line: number | undefined): FoundCall | undefined {
    return this.byName.get(experiment) ?? (line === undefined ? undefined : this.computedByLine.get(line));
  }

  edit(edits: readonly TextEdit[]): void {
    this.tracker.edit(edits);
    this.version++;
    this.isCurrent = false;
    this.schedule();
  }

  /** Resolves when the calls are those of the text; for a large text that is being typed, after the typing. */
  settled(): Promise<void> {
    if (this.isCurrent) return Promise.resolve();
    if (!this.isLarge) this.begin();
    return this.end();
  }

  /** Like {@link settled}, without waiting for the typing to stop. */
  settledSoon(): Promise<void> {
    if (this.isCurrent) return Promise.resolve();
    this.begin();
    return this.end();
  }

  /** Brings the calls up to date at once. */
  settle(): void {
    if (this.isCurrent) return;
    this.version++;
    this.stopTimer();
    guarded(() => toEnd(this.work()), undefined);
    this.finish();
  }

  dispose(): void {
    this.version++;
    this.stopTimer();
    this.finish();
  }

  private get isLarge(): boolean {
    return this.tracker.length > LARGE.characters || this.calls.length > LARGE.calls;
  }

  private schedule(): void {
    this.stopTimer();
    this.timer = setTimeout(() => this.begin(), this.isLarge ? PAUSE.large : PAUSE.small);
  }

  private end(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private stopTimer(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  /** Looks at the text although it has not changed: what it is compared with has. */
  again(): void {
    this.version++;
    this.begin();
  }

  /** Looks at the text, unless that is going on. */
  begin(): void {
    this.stopTimer();
    const { version } = this;
    if (this.inWork === version) return;
    this.inWork = version;
    const isOver = () => this.version !== version;
    void guardedAsync(() => inSlices(this.work(), isOver), undefined).then(() => {
      // Work that failed must not keep anybody waiting.
      if (!isOver()) this.finish();
    });
  }

  private *work(): Steps<void> {
    yield* this.tracker.update(this.document.getText());
    const { calls } = this.tracker;
    this.named = calls.filter((call): call is NamedCall => call.name !== null);
    // The first of several calls with one name counts.
    this.byName = new Map(this.named.toReversed().map((call) => [call.name, call]));
    this.computedByLine = new Map(calls.flatMap((call) => (call.name === null ? [[call.line, call]] : [])));
    this.finish();
    yield* this.updated();
  }

  private finish(): void {
    this.isCurrent = true;
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}
