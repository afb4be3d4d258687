/** The options that natural gradients have in common. */
import { DefinitionError } from '../errors.ts';
import type { Options } from '../options.ts';
import type { Fisher, FisherSettings, Solver } from '../training/natural/settings.ts';
import { type DampingScheduleOptions, describeDamping, readDamping } from './damping.ts';

/** Which Fisher information a natural gradient uses, and how the system with it is solved. */
export interface FisherOptions {
  /**
   * Which Fisher information F = E[Jᵀ S J]: over the training inputs (`train`, default), over the input distribution
   * (`population`), or the mean of g gᵀ over the training examples' gradients (`empirical`).
   */
  fisher?: Fisher;
  /**
   * λ in (F + λI)⁻¹; with 0 (default) the minimum-norm solution. Or a schedule, `{ start: 1, end: 1e-4, steps: 500 }` or
   * `{ start: 1, end: 1e-4, time: 5 }`: from start to end by a constant factor a step, and constant afterwards.
   */
  damping?: number | DampingScheduleOptions;
  /**
   * How the linear system is solved: chosen by size and rank (`auto`, default); by factorization in the space of the
   * parameters (p × p) or of the `samples` (n × n); or `iterative`, by conjugate gradients on products with F, which
   * needs no matrix and suits systems of any size. Its number of iterations grows with the root of the condition
   * number; where the relative residual stays above 1e-6 the run ends before that step (`unsolved`), and a residual above
   * the tolerance stands in the result's `solver`.
   */
  solver?: Solver;
  /** Relative residual at which the iterative solver stops, below 1 (default 1e-12). */
  tolerance?: number;
  /** Iterations of the iterative solver in one step, at most (default: twice the system's side, 1000 to 5000). */
  iterations?: number;
  /** Unlabeled draws for a population without a closed form (default 1000). */
  fisherSamples?: number;
}

/** The names of {@link FisherOptions}. */
export const fisherOptionNames = ['fisher', 'damping', 'solver', 'tolerance', 'iterations', 'fisherSamples'];

/** @param block the optimizer's name, as the user wrote it */
export function readFisher(read: Options, block: string): FisherSettings {
  return {
    fisher: read.choice('fisher', ['train', 'population', 'empirical'], 'train'),
    damping: readDamping(read, block),
    solver: read.choice('solver', ['auto', 'parameters', 'samples', 'iterative'], 'auto'),
    tolerance: readTolerance(read, block),
    iterations: read.has('iterations') ? read.count('iterations') : null,
    fisherSamples: read.count('fisherSamples', 1000),
  };
}

function readTolerance(read: Options, block: string): number {
  const tolerance = read.positive('tolerance', 1e-12);
  if (tolerance < 1) return tolerance;
  throw new DefinitionError(`${block}: 'tolerance' must be a number above 0 and below 1; it is ${tolerance}`);
}

/** The words for Fisher information, damping and solver at the end of a description. */
export function describeFisher({ fisher, damping, solver }: FisherSettings): string {
  return ` · Fisher: ${fisher}${describeDamping(damping)}${solver === 'iterative' ? ' · solved iteratively' : ''}`;
}
