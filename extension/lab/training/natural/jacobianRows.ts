import type { NodeId } from '../../compiler/graph.ts';
import type { Entry } from '../../compiler/lower/lower.ts';
import type { CompiledModule } from '../../compiler/module.ts';

/** How rows of a Jacobian ∂z/∂θ are computed. */
export interface JacobianRows {
  entry: Entry;
  /** Storage that it writes. */
  states: NodeId[];
  /** Entries q of z. */
  size: number;
  /** Writes J, row-major [q, p], at the current parameters. */
  evaluate(module: CompiledModule, p: number, into: Float64Array): void;
}
