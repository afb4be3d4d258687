/** Finds the experiments of a text piece by piece; what is known of a piece is used again while its text is the same. */
import { calleesOf } from './callee.ts';
import { type Effort, parsed, parsedStrictly, shallow } from './parser.ts';
import { type Piece, pieces } from './pieces.ts';
import { type Content, read } from './read.ts';
import type { Placed } from './shape.ts';
import type { Steps } from './steps.ts';

/** A piece of the text with what it contains. */
export interface KnownPiece {
  from: number;
  content: Content;
}

export interface Analysis {
  text: string;
  pieces: readonly KnownPiece[];
  /** The calls of `experiment` in source order. */
  calls: readonly Placed[];
  /** Whether the text has no syntax error. */
  complete: boolean;
}

/** Pieces between two pauses. */
const PIECES = 500;

/** Analyzes the texts of one document. */
export class Analyzer {
  /** What has been done so far. */
  readonly effort: Effort = { parsed: 0, visited: 0 };
  private callees: ReadonlySet<string> = new Set();
  /** By the text of the piece. */
  private known = new Map<string, Content>();
  /** By the text of several pieces: null for those that have errors as a whole as well. */
  private joined = new Map<string, Content | null>();

  /** May be given up at any pause; what was parsed until then is not parsed again. */
  *analyze(text: string): Steps<Analysis> {
    const callees = calleesOf(text);
    if (!isSame(callees, this.callees)) {
      this.known.clear();
      this.joined.clear();
      this.callees = callees;
    }
    yield;
    const cut = yield* pieces(text, callees);
    const single = yield* this.single(text, cut);
    const found = yield* this.joinBroken(text, cut, single);
    return {
      text,
      pieces: found,
      calls: found.flatMap(({ from, content }) => content.calls.map((shape) => ({ shape, at: from }))),
      complete: found.every(({ content }) => content.complete),
    };
  }

  private *single(text: string, cut: readonly Piece[]): Steps<KnownPiece[]> {
    const found: KnownPiece[] = [];
    const now = new Map<string, Content>();
    for (const [i, { from, to }] of cut.entries()) {
      if (i % PIECES === 0) yield;
      const piece = text.slice(from, to);
      let content = this.known.get(piece);
      if (!content) {
        content = yield* this.read(piece);
        this.known.set(piece, content);
        yield;
      }
      now.set(piece, content);
      found.push({ from, content });
    }
    // Only the pieces of this text are kept, with keys that do not hold on to earlier texts.
    this.known = now;
    return found;
  }

  /**
   * Statements around experiments, such as loops, are cut into pieces with errors, which have none when joined. The piece
   * that follows may end a statement of the last of them, and what follows at all belongs to it where it closes a template
   * or a comment.
   */
  private *joinBroken(text: string, cut: readonly Piece[], single: KnownPiece[]): Steps<readonly KnownPiece[]> {
    const first = single.findIndex(({ content }) => !content.complete);
    const last = single.findLastIndex(({ content }) => !content.complete);
    const before = this.joined;
    this.joined = new Map();
    const end = single.length - 1;
    const ends = [
      ...(first < last ? [last, Math.min(last + 1, end)] : []),
      ...(closes(text, cut[last]?.to) ? [end] : []),
    ];
    for (const to of new Set(ends)) {
      const { from } = cut[first]!;
      const part = text.slice(from, cut[to]!.to);
      let content = before.get(part);
      if (content === undefined) content = yield* this.readStrictly(part);
      this.joined.set(part, content);
      if (content) return [...single.slice(0, first), { from, content }, ...single.slice(to + 1)];
    }
    return single;
  }

  /** Null if there is an error. */
  private *readStrictly(part: string): Steps<Content | null> {
    const tree = yield* parsedStrictly(part, this.effort);
    return tree && (yield* read(tree, part, this.callees, this.effort));
  }

  private *read(piece: string): Steps<Content> {
    const end = shallow(piece);
    const start = piece.slice(0, end);
    const content = yield* read(yield* parsed(start, this.effort), start, this.callees, this.effort);
    if (end === piece.length) return content;
    // Further on it is nested too deep to be looked into.
    content.words.addRest(end, piece.length);
    return { ...content, complete: false };
  }
}

/** Whether a text may close, from an offset on, a template or a comment that is open there. */
const closes = (text: string, from: number | undefined) =>
  from !== undefined && (text.indexOf('`', from) >= 0 || text.indexOf('*/', from) >= 0);

const isSame = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
  a.size === b.size && [...a].every((name) => b.has(name));
