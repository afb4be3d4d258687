/** Traverses syntax trees. */
import type { Node } from '@babel/types';

/** Nodes created by the parser have a position. */
export type Placed = Node & { start: number; end: number };

/** Properties of nodes that are not children. */
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
