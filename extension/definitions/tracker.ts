/** Tracks the experiments of one text while it is edited, and keeps them while the text is temporarily incomplete. */
import { type Analysis, Analyzer } from './analyze.ts';
import { Edits, type TextEdit } from './edit.ts';
import { type Fingerprint, fingerprints } from './fingerprint.ts';
import { completed, lost, moved } from './lost.ts';
import { Lines } from './position.ts';
import { type FoundCall, type Placed, PlacedCall } from './shape.ts';
import { type Steps, toEnd } from './steps.ts';

export class DefinitionTracker {
  private readonly analyzer = new Analyzer();
  private analysis: Analysis | null = null;
  private known: readonly Placed[] = [];
  private places: ReadonlyMap<FoundCall, Placed> = new Map();
  private found: readonly FoundCall[] = [];
  private characters = 0;
  /** Those made since the last update. */
  private edits = new Edits();

  /**
   * The calls in source order, as of the last update: those found in the text, and earlier ones hidden by a syntax
   * error.
   */
  get calls(): readonly FoundCall[] {
    return this.found;
  }

  /** Whether the text has no syntax error, as of the last update. */
  get isComplete(): boolean {
    return this.analysis?.complete ?? false;
  }

  /** What has been done so far. */
  get effort() {
    return this.analyzer.effort;
  }

  /** Characters of the text, after the edits that are known. */
  get length(): number {
    return this.characters;
  }

  /** @param edits in order; the offsets of each refer to the text before it */
  edit(edits: readonly TextEdit[]): void {
    for (const { from, to, length } of edits) this.characters += length - (to - from);
    this.edits.add(edits);
  }

  /**
   * Updates the calls after edits. May be given up at any pause; the next update then takes the place of this one.
   * @param text the text after all edits
   */
  *update(text: string): Steps<void> {
    const { edits } = this;
    this.characters = text.length;
    const analysis = yield* this.analyzer.analyze(text);
    const known = analysis.complete ? analysis.calls : yield* withLost(analysis.calls, this.known, edits);
    const lines = new Lines(text);
    yield;
    this.places = new Map(known.map((call) => [new PlacedCall(call, lines), call]));
    this.found = [...this.places.keys()];
    this.analysis = analysis;
    this.known = known;
    this.edits = new Edits();
  }

  /** {@link edit} and {@link update} at once. */
  change(edits: readonly TextEdit[], text: string): void {
    this.edit(edits);
    toEnd(this.update(text));
  }

  /** The fingerprints of some of the {@link calls}, in their order. */
  *fingerprints(wanted: readonly FoundCall[]): Steps<Fingerprint[]> {
    const { analysis, known } = this;
    const calls = wanted.flatMap((call) => this.places.get(call) ?? []);
    return analysis && calls.length > 0 ? yield* fingerprints(analysis, known, calls) : [];
  }
}

/** The calls found in a text with syntax errors, with what earlier ones add to them. */
function* withLost(calls: readonly Placed[], before: readonly Placed[], edits: Edits): Steps<Placed[]> {
  const earlier = moved(before, edits.mover());
  yield;
  const found = calls.map((call) => completed(call, earlier.get(call.at + call.shape.from)));
  yield;
  const all = [...found, ...lost(calls, earlier)];
  return all.sort((a, b) => a.at + a.shape.from - (b.at + b.shape.from));
}
