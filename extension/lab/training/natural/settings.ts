import type { Damping } from './damping.ts';

/** Which inputs the Fisher information is averaged over. */
export type Fisher = 'train' | 'population' | 'empirical';

/**
 * The space of the linear system, or conjugate gradients without a matrix; `auto` takes the smallest space in which
 * the system has full rank, and conjugate gradients where it would be too large (`space.ts`).
 */
export type Solver = 'auto' | 'parameters' | 'samples' | 'iterative';

/** Which Fisher information a natural gradient uses, and how the system with it is solved. */
export interface FisherSettings {
  fisher: Fisher;
  damping: Damping;
  solver: Solver;
  /** Relative residual at which the iterative solver stops. */
  tolerance: number;
  /** Iterations of the iterative solver in one step, at most; null for a number by the system's size. */
  iterations: number | null;
  /** Unlabeled draws for a population that has no closed form. */
  fisherSamples: number;
}

/** The settings of steps θ ← θ − rate · (F + λI)⁻¹ ∇L. */
export interface NaturalStepSettings extends FisherSettings {
  rate: number;
}
