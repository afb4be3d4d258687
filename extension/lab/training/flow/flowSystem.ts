import type { CompiledModule } from '../../compiler/module.ts';
import type { SolverReport } from '../../results.ts';
import type { VectorField } from './integrator.ts';
import type { Hessian } from './rosenbrock.ts';

/** A flow's vector field, and the module that computes it. */
export interface FlowSystem {
  readonly module: CompiledModule;
  readonly field: VectorField;
  /** ∂²L/∂θ², where the flow is that of the gradient and it is small enough to be factored in each step. */
  readonly hessian?: Hessian;
  /** Writes ∂²L/∂θ² v, where the flow is that of the gradient. */
  readonly hessianProduct?: (theta: Float64Array, v: Float64Array, into: Float64Array) => void;
  /** Whether the field jumps somewhere. */
  readonly hasKinks: boolean;
  /** Called when the point at which the field was asked for last has become the beginning of a step. */
  accept?(): void;
  /** The relative residual of the system that could not be solved last; null where it was. */
  unsolved?(): number | null;
  report(): SolverReport | null;
}

/** Minus the given pieces, one after the other. */
export function negate(pieces: readonly Float64Array[], into: Float64Array): void {
  let at = 0;
  for (const piece of pieces) for (let i = 0; i < piece.length; i++) into[at++] = -piece[i];
}
