/** Detects whether the text that produced the results has changed, ignoring whitespace and comments. */
import { createHash } from 'node:crypto';
import type { Analysis } from './analyze.ts';
import type { Span } from './edit.ts';
import type { Placed, Shape } from './shape.ts';
import type { Steps } from './steps.ts';

/** The text of one experiment, split by the results that it affects. */
export interface Fingerprint {
  /**
   * The text that affects all results of the experiment: a digest of the file outside its experiments, and the call
   * without its parameterizations.
   */
  frame: string;
  /** The text that affects the results of each parameterization, by name. */
  parameterizations: ReadonlyMap<string, string>;
}

/** The text of one call. */
interface Own {
  frame: string;
  parameterizations: ReadonlyMap<string, string>;
}

/** What calls say by themselves, while their pieces are unchanged. */
const known = new WeakMap<Shape, Own>();

/** Digests of the text outside of calls, by all calls of the text. */
const outsides = new WeakMap<readonly Placed[], string>();

/** Calls and words between two pauses. */
const CALLS = 50;
const WORDS = 1000;

/**
 * The fingerprints of the given calls, in order.
 * @param all every call of the text, by ascending offset
 * @param wanted those of `all` to give the fingerprints of
 */
export function* fingerprints(
  analysis: Analysis,
  all: readonly Placed[],
  wanted: readonly Placed[],
): Steps<Fingerprint[]> {
  const outside = outsides.get(all) ?? (yield* digestOutside(analysis, all));
  outsides.set(all, outside);
  const found: Fingerprint[] = [];
  for (const [i, call] of wanted.entries()) {
    const { frame, parameterizations } = yield* ownOf(analysis, call);
    found.push({ frame: `${outside}\n${frame}`, parameterizations });
    if (i % CALLS === CALLS - 1) yield;
  }
  return found;
}

/** A digest of a text outside of some calls. */
export function* digestOutside(analysis: Analysis, all: readonly Placed[]): Steps<string> {
  const hash = createHash('sha256');
  let count = 0;
  function* digest(span: Span): Steps<void> {
    for (const word of words(analysis, span)) {
      hash.update(`${word}\n`);
      if (++count % WORDS === 0) yield;
    }
  }
  let from = 0;
  for (const [i, { shape, at }] of all.entries()) {
    yield* digest({ from, to: at + shape.from });
    from = Math.max(from, at + shape.to);
    if (i % CALLS === CALLS - 1) yield;
  }
  yield* digest({ from, to: analysis.text.length });
  return hash.digest('base64');
}

function* ownOf(analysis: Analysis, { shape, at }: Placed): Steps<Own> {
  const before = known.get(shape);
  if (before) return before;
  const frame: Span[] = [];
  const parameterizations = new Map<string, string>();
  let from = shape.from;
  for (const entry of shape.parameterizations) {
    frame.push({ from: at + from, to: at + entry.from });
    from = Math.max(from, entry.to);
    parameterizations.set(entry.name, yield* joined(analysis, [{ from: at + entry.from, to: at + entry.to }]));
  }
  frame.push({ from: at + from, to: at + shape.to });
  const own = { frame: yield* joined(analysis, frame), parameterizations };
  known.set(shape, own);
  return own;
}

/** The words in some ranges, with spaces between them. */
function* joined(analysis: Analysis, spans: readonly Span[]): Steps<string> {
  const found: string[] = [];
  for (const span of spans) {
    for (const word of words(analysis, span)) {
      if (found.push(word) % WORDS === 0) yield;
    }
  }
  return found.join(' ');
}

/** The words that begin within a range. */
function* words({ pieces, text }: Analysis, { from, to }: Span): Generator<string> {
  for (let i = pieceAt(pieces, from); i < pieces.length && pieces[i]!.from < to; i++) {
    const { from: at, content } = pieces[i]!;
    for (let j = content.words.firstFrom(from - at); j < content.words.count; j++) {
      const word = content.words.at(j);
      if (at + word.from >= to) return;
      yield text.slice(at + word.from, at + word.to);
    }
  }
}

/** The index of the piece that contains an offset. */
function pieceAt(pieces: Analysis['pieces'], offset: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pieces[middle]!.from <= offset) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}
