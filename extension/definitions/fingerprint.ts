/** Detects whether the text that produced the results has changed, ignoring whitespace and comments. */
import type { Tree } from '@lezer/common';
import { parser as javascript } from '@lezer/javascript';
import type { FoundCall } from './find.ts';

const parser = javascript.configure({ dialect: 'ts' });

/** The text of one experiment, split by the results that it affects. */
export interface Fingerprint {
  /**
   * The text that affects all results of the experiment: the file outside its experiments, and the call without its
   * parameterizations.
   */
  frame: string;
  /** The text that affects the results of each parameterization, by name. */
  parameterizations: Record<string, string>;
}

/** The fingerprints of the given calls, in order. */
export function fingerprints(text: string, calls: readonly FoundCall[]): Fingerprint[] {
  const tree = parser.parse(text);
  const words = tokens(tree, text);
  const holes = calls.map(({ range }) => [range.start.offset, range.end.offset] as const);
  const outside = join(words, 0, text.length, holes);
  return calls.map((call) => {
    const entries = call.parameterizations.map(({ range }) => [range.start.offset, range.end.offset] as const);
    const own = join(words, call.range.start.offset, call.range.end.offset, entries);
    return {
      frame: `${outside}\n${own}`,
      parameterizations: Object.fromEntries(
        call.parameterizations.map(({ name, range }) => [name, join(words, range.start.offset, range.end.offset, [])]),
      ),
    };
  });
}

interface Token {
  from: number;
  text: string;
}

function tokens(tree: Tree, text: string): Token[] {
  const found: Token[] = [];
  tree.iterate({
    enter: (node) => {
      if (node.node.firstChild || node.name === 'LineComment' || node.name === 'BlockComment') return;
      if (node.to > node.from) found.push({ from: node.from, text: text.slice(node.from, node.to) });
    },
  });
  return found;
}

function join(
  words: readonly Token[],
  from: number,
  to: number,
  holes: readonly (readonly [number, number])[],
): string {
  return words
    .filter((word) => word.from >= from && word.from < to && !holes.some(([a, b]) => word.from >= a && word.from < b))
    .map((word) => word.text)
    .filter((word) => word !== ',')
    .join(' ');
}
