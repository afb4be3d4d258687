import type { Damping } from './damping.ts';

/** The inputs over which the Fisher information is averaged. */
export type Fisher = 'train' | 'population' | 'empirical';

/**
 * The space of the linear system, or matrix-free conjugate gradients; `auto` chooses the smallest space in which the
 * system has full rank, and conjugate gradients if that is too large (`space.ts`).
 */
export type Solver = 'auto' | 'parameters' | 'samples' | 'iterative';

/** The Fisher information of a natural gradient, and how its linear system is solved. */
export interface FisherSettings {
  fisher: Fisher;
  damping: Damping;
  solver: Solver;
  /** Relative residual at which the iterative solver stops. */
  tolerance: number;
  /** Maximum iterations of the iterative solver per step; null for a default based on the system's dimension. */
  iterations: number | null;
  /** Number of unlabeled samples for a population without a closed form. */
  fisherSamples: number;
}

/** The settings of steps θ ← θ − rate · (F + λI)⁻¹ ∇L. */
export interface NaturalStepSettings extends FisherSettings {
  rate: number;
}
