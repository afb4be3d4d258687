import type { CompiledModule } from '../../compiler/module.ts';
import type { SolverReport } from '../../results.ts';
import type { VectorField } from './integrator.ts';
import type { Hessian } from './rosenbrock.ts';

/** A flow's vector field, and the module that computes it. */
export interface FlowSystem {
  readonly module: CompiledModule;
  readonly field: VectorField;
  /** ∂²L/∂θ², for a gradient flow that is small enough to factor the Hessian in each step. */
  readonly hessian?: Hessian;
  /** Writes ∂²L/∂θ² v, for a gradient flow. */
  readonly hessianProduct?: (theta: Float64Array, v: Float64Array, into: Float64Array) => void;
  /** Whether the field has discontinuities. */
  readonly hasKinks: boolean;
  /** Called when the last evaluation point of the field has become the start of a step. */
  accept?(): void;
  /** The relative residual of the last system if it could not be solved; otherwise null. */
  unsolved?(): number | null;
  report(): SolverReport | null;
}

/** Writes the negated pieces, concatenated. */
export function negate(pieces: readonly Float64Array[], into: Float64Array): void {
  let at = 0;
  for (const piece of pieces) for (let i = 0; i < piece.length; i++) into[at++] = -piece[i];
}
