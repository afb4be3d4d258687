import type { GraphBuilder } from '../builder.ts';
import type { NodeId } from '../graph.ts';

/**
 * An incoming derivative times a local one. Where the local one can be infinite, a branch that was not taken sends 0
 * into it, and 0 · ∞ must stay 0: `x > 0 ? Math.sqrt(x) : 0` has derivative 0 at 0, not NaN.
 */
export function guarded(g: GraphBuilder, incoming: NodeId, local: NodeId, singular?: boolean): NodeId {
  return g.binary(singular ? 'guardedMultiply' : 'multiply', incoming, local);
}
