/** Parses TypeScript in steps, tolerating errors. */
import type { Tree } from '@lezer/common';
import { parser as javascript } from '@lezer/javascript';
import type { Steps } from './steps.ts';

const tolerant = javascript.configure({ dialect: 'ts' });
const strict = javascript.configure({ dialect: 'ts', strict: true });

/** What has been done to find experiments, counted. */
export interface Effort {
  /** Characters of the texts that were parsed. */
  parsed: number;
  /** Nodes of syntax trees that were visited. */
  visited: number;
}

/**
 * Brackets inside brackets, and words like `await` in a row, beyond which a text is not parsed: recursion along the tree
 * must end, and what the parser keeps for each ambiguous word grows with the nesting.
 */
const DEEPEST = 1000;

/** Tokens between two pauses. */
const TOKENS = 50;

/** The syntax tree of a text, which must be {@link shallow}. */
export const parsed = (text: string, effort: Effort): Steps<Tree> => advanced(tolerant, text, effort);

/** The syntax tree of a text without errors; null if there are any, or if it is nested too deep. */
export function* parsedStrictly(text: string, effort: Effort): Steps<Tree | null> {
  if (shallow(text) < text.length) return null;
  try {
    return yield* advanced(strict, text, effort);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function* advanced(parser: typeof tolerant, text: string, effort: Effort): Steps<Tree> {
  const parse = parser.startParse(text);
  let reached = 0;
  try {
    for (let i = 1; ; i++) {
      const tree = parse.advance();
      if (tree) return tree;
      if (i % TOKENS !== 0) continue;
      effort.parsed += parse.parsedPos - reached;
      reached = parse.parsedPos;
      yield;
    }
  } finally {
    effort.parsed += parse.parsedPos - reached;
  }
}

/** Words that may be either a name or the start of an expression. */
const AMBIGUOUS = /\b(?:async|await|yield)\b/y;

/**
 * The length of the start of a text that can be parsed: all of it, or what is complete before it is nested too deep.
 * Counts without regard to strings and comments.
 */
export function shallow(text: string): number {
  let depth = 0;
  let ambiguous = 0;
  let end = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text[i]) {
      case '(':
      case '[':
      case '{':
        if (++depth > DEEPEST) return end;
        break;
      case ')':
      case ']':
      case '}':
        depth = Math.max(0, depth - 1);
        ambiguous = 0;
        break;
      case ',':
      case ';':
        ambiguous = 0;
        break;
      case 'a':
      case 'y':
        AMBIGUOUS.lastIndex = i;
        if (AMBIGUOUS.test(text) && ++ambiguous > DEEPEST) return end;
        continue;
      default:
        continue;
    }
    if (depth === 0) end = i + 1;
  }
  return text.length;
}
