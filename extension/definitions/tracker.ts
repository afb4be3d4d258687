/** Tracks the experiments of one text while it is edited, and keeps them while the text is temporarily incomplete. */
import { moveEnd, moveStart, type TextEdit } from './edit.ts';
import { type FoundCall, type FoundProperty, findCalls } from './find.ts';
import { Lines, type TextRange } from './position.ts';

export class DefinitionTracker {
  private known: FoundCall[];
  private lines: Lines;

  constructor(text: string) {
    this.known = findCalls(text).calls;
    this.lines = new Lines(text);
  }

  /** The calls in source order: those found in the text, and earlier ones hidden by a syntax error. */
  get calls(): readonly FoundCall[] {
    return this.known;
  }

  /**
   * Updates the calls after edits.
   * @param edits in order; the offsets of each refer to the text before it
   * @param text the text after all of them
   */
  change(edits: readonly TextEdit[], text: string): void {
    this.lines = new Lines(text);
    const moved = this.known.flatMap((call) => this.moveCall(call, edits));
    const { calls, complete } = findCalls(text);
    if (complete) {
      this.known = calls;
      return;
    }
    const found = calls.map((call) => withLost(call, moved));
    const lost = moved.filter((call) => !calls.some((other) => contains(other.range, call.range.start.offset)));
    this.known = [...found, ...lost].sort((a, b) => a.range.start.offset - b.range.start.offset);
  }

  private moveCall(call: FoundCall, edits: readonly TextEdit[]): FoundCall[] {
    const range = this.move(call.range, edits);
    if (!range) return [];
    const nameRange = this.move(call.nameRange, edits) ?? { start: range.start, end: range.start };
    const moveAll = (properties: readonly FoundProperty[]) =>
      properties.flatMap((property) => {
        const whole = this.move(property.range, edits);
        const key = this.move(property.key, edits);
        return whole && key ? [{ ...property, range: whole, key }] : [];
      });
    return [
      {
        ...call,
        range,
        nameRange,
        line: range.start.line,
        column: range.start.column,
        parameterizations: moveAll(call.parameterizations),
        optimizers: moveAll(call.optimizers),
        claims: moveAll(call.claims),
        complete: false,
      },
    ];
  }

  /** Null if the range was deleted. */
  private move(range: TextRange, edits: readonly TextEdit[]): TextRange | null {
    let from = range.start.offset;
    let to = range.end.offset;
    for (const edit of edits) {
      const replaced = edit.from <= from && edit.to >= to;
      if (replaced) return null;
      from = moveStart(from, edit);
      to = moveEnd(to, edit);
    }
    return from < to ? this.lines.range(from, to) : null;
  }
}

/** A call with syntax errors keeps its name, and the earlier entries that can no longer be parsed. */
function withLost(call: FoundCall, earlier: readonly FoundCall[]): FoundCall {
  const before = earlier.find((other) => other.range.start.offset === call.range.start.offset);
  if (call.complete || !before) return call;
  return {
    ...call,
    name: call.name ?? before.name,
    parameterizations: merge(call.parameterizations, before.parameterizations),
    optimizers: merge(call.optimizers, before.optimizers),
    claims: merge(call.claims, before.claims),
  };
}

/** An entry with syntax errors may appear to extend over later ones; end each entry where the next begins. */
function merge(found: readonly FoundProperty[], before: readonly FoundProperty[]): FoundProperty[] {
  const lost = before.filter((property) => !found.some(({ key }) => overlap(key, property.key)));
  const all = [...found, ...lost].sort((a, b) => a.range.start.offset - b.range.start.offset);
  return all.map((property, i) => {
    const next = all[i + 1]?.range.start;
    if (!next || next.offset >= property.range.end.offset) return property;
    return { ...property, range: { start: property.range.start, end: next } };
  });
}

const contains = (range: TextRange, offset: number) => range.start.offset <= offset && offset < range.end.offset;

const overlap = (a: TextRange, b: TextRange) => a.start.offset < b.end.offset && b.start.offset < a.end.offset;
