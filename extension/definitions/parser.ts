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

/** Brackets inside brackets beyond which a text is not parsed: recursion along the tree must end. */
const DEEPEST = 1000;

/** Tokens between two pauses. */
const TOKENS = 500;

/** The syntax tree of a text; null where brackets are nested too deep. */
export function* parsed(text: string, effort: Effort): Steps<Tree | null> {
  if (isTooDeep(text)) return null;
  return yield* advanced(tolerant, text, effort);
}

/** The syntax tree of a text without errors; null if there are any. Ends with the first error. */
export function* parsedStrictly(text: string, effort: Effort): Steps<Tree | null> {
  if (isTooDeep(text)) return null;
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

/** Counts brackets without regard to strings and comments. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[()[\]{}]/g)) {
    depth = '([{'.includes(bracket) ? depth + 1 : Math.max(0, depth - 1);
    if (depth > DEEPEST) return true;
  }
  return false;
}
