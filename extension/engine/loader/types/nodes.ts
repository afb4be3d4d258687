/** Walks the parser's trees. */
import type { Node } from '@babel/types';

/** The parser gives each node that it makes a place. */
export type Placed = Node & { start: number; end: number };

/** What hangs on a node and is no part of its tree. */
const BESIDE = new Set(['loc', 'extra', 'errors', 'leadingComments', 'innerComments', 'trailingComments']);

/** The nodes directly below a node, each with the name of the property that holds it. */
export function* childrenOf(node: Node): Generator<[key: string, child: Placed]> {
  for (const [key, value] of Object.entries(node)) {
    if (typeof value !== 'object' || value === null || BESIDE.has(key)) continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child?.type === 'string') yield [key, child];
    }
  }
}
