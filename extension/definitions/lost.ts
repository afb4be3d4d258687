/** What is kept of calls that a syntax error hides. */
import type { Span } from './edit.ts';
import { type Entry, KINDS, type Placed, type Shape } from './shape.ts';

type Move = (span: Span) => Span | null;

/** A call where edits have moved it; its entries are moved when they are asked for. */
export class Moved implements Span {
  readonly from: number;
  readonly to: number;

  constructor(
    private readonly before: Placed,
    range: Span,
    private readonly move: Move,
  ) {
    this.from = range.from;
    this.to = range.to;
  }

  /** The call with offsets in the text, in a new object. */
  shape(): Shape {
    const { shape } = this.before;
    const { from, to } = this;
    return {
      from,
      to,
      name: shape.name,
      nameSpan: this.inText(shape.nameSpan) ?? { from, to: from },
      parameterizations: this.entries(shape.parameterizations),
      optimizers: this.entries(shape.optimizers),
      claims: this.entries(shape.claims),
      complete: false,
    };
  }

  private entries(own: readonly Entry[]): Entry[] {
    return own.flatMap(({ name, key, ...span }) => {
      const whole = this.inText(span);
      const movedKey = this.inText(key);
      return whole && movedKey ? [{ name, ...whole, key: movedKey }] : [];
    });
  }

  private inText({ from, to }: Span): Span | null {
    const { at } = this.before;
    return this.move({ from: at + from, to: at + to });
  }
}

/** The earlier calls that edits have not deleted, by their new start. @param move null for what was replaced */
export function moved(before: readonly Placed[], move: Move): Map<number, Moved> {
  const found = new Map<number, Moved>();
  for (const call of before) {
    const { shape, at } = call;
    const range = move({ from: at + shape.from, to: at + shape.to });
    if (range && !found.has(range.from)) found.set(range.from, new Moved(call, range, move));
  }
  return found;
}

/** The earlier calls that begin outside of all that are found. @param calls by ascending offset */
export function lost(calls: readonly Placed[], earlier: ReadonlyMap<number, Moved>): Placed[] {
  const starts = [...earlier.values()].sort((a, b) => a.from - b.from);
  const missing: Placed[] = [];
  let next = 0;
  let end = 0;
  for (const before of starts) {
    for (; next < calls.length; next++) {
      const { shape, at } = calls[next]!;
      if (at + shape.from > before.from) break;
      end = Math.max(end, at + shape.to);
    }
    if (before.from >= end) missing.push({ shape: before.shape(), at: 0 });
  }
  return missing;
}

/** A call with syntax errors keeps its name, and the earlier entries that can no longer be parsed. */
export function completed({ shape, at }: Placed, before: Moved | undefined): Placed {
  if (shape.complete || !before) return { shape, at };
  const earlier = before.shape();
  const merged: Shape = { ...shape, name: shape.name ?? earlier.name };
  for (const kind of KINDS) merged[kind] = merge(shape[kind], earlier[kind], at);
  return { shape: merged, at };
}

/**
 * An entry with syntax errors may appear to extend over later ones; end each entry where the next begins.
 * @param at what to subtract from the offsets of `before`
 */
function merge(found: readonly Entry[], before: readonly Entry[], at: number): Entry[] {
  const keys = found.map(({ key }) => key).sort((a, b) => a.from - b.from);
  const all = [...found];
  let next = 0;
  for (const { name, from, to, key } of [...before].sort((a, b) => a.key.from - b.key.from)) {
    const own = { from: key.from - at, to: key.to - at };
    while (next < keys.length && keys[next]!.to <= own.from) next++;
    const isFound = next < keys.length && keys[next]!.from < own.to;
    if (!isFound) all.push({ name, from: from - at, to: to - at, key: own });
  }
  all.sort((a, b) => a.from - b.from);
  return all.map((entry, i) => ({ ...entry, to: Math.min(entry.to, all[i + 1]?.from ?? entry.to) }));
}
