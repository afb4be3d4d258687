/** The options shared by natural gradient optimizers. */
import { DefinitionError } from '../errors.ts';
import type { Options } from '../options.ts';
import type { Fisher, FisherSettings, Solver } from '../training/natural/settings.ts';
import { type DampingScheduleOptions, describeDamping, readDamping } from './damping.ts';

/** The Fisher information of a natural gradient, and how its linear system is solved. */
export interface FisherOptions {
  /**
   * Which Fisher information F = E[Jᵀ S J]: over the training inputs (`train`, default), over the input distribution
   * (`population`), or the mean of g gᵀ over the training gradients (`empirical`).
   * @example fisher: 'population'
   */
  fisher?: Fisher;
  /**
   * λ in (F + λI)⁻¹; with 0 (default) the minimum-norm solution. Or a schedule, `{ start: 1, end: 1e-4, steps: 500 }`
   * or `{ start: 1, end: 1e-4, time: 5 }`: a constant factor per step from start to end, and constant afterwards.
   * @example damping: 1e-3
   */
  damping?: number | DampingScheduleOptions;
  /**
   * How the linear system is solved: chosen by size and rank (`auto`, default); by factorization in parameter space
   * (`parameters`, p × p) or sample space (`samples`, n × n); or matrix-free by conjugate gradients (`iterative`), for
   * systems of any size. The number of iterations grows with the square root of the condition number. If the relative
   * residual stays above 1e-6, the run ends before that step (`unsolved`); a residual above the tolerance is reported
   * in the result's `solver`.
   * @example solver: 'iterative'
   */
  solver?: Solver;
  /**
   * Relative residual at which the iterative solver stops, above 0 and below 1 (default 1e-12).
   * @example tolerance: 1e-8
   */
  tolerance?: number;
  /**
   * Maximum number of iterations per step of the iterative solver (default: twice the system's dimension, clamped to
   * 1000 … 5000).
   * @example iterations: 2000
   */
  iterations?: number;
  /**
   * Number of unlabeled samples for a population without a closed form (default 1000).
   * @example fisherSamples: 5000
   */
  fisherSamples?: number;
}

/** The option names of {@link FisherOptions}. */
export const fisherOptionNames = ['fisher', 'damping', 'solver', 'tolerance', 'iterations', 'fisherSamples'];

/** @param block the optimizer's name, as the user calls it */
export function readFisher(read: Options, block: string): FisherSettings {
  return {
    fisher: read.choice('fisher', ['train', 'population', 'empirical'], 'train'),
    damping: readDamping(read, block),
    solver: read.choice('solver', ['auto', 'parameters', 'samples', 'iterative'], 'auto'),
    tolerance: readTolerance(read, block),
    iterations: read.has('iterations') ? read.count('iterations') : null,
    fisherSamples: read.size('fisherSamples', 1000),
  };
}

function readTolerance(read: Options, block: string): number {
  const tolerance = read.positive('tolerance', 1e-12);
  if (tolerance < 1) return tolerance;
  throw new DefinitionError(`${block}: 'tolerance' must be a number above 0 and below 1; it is ${tolerance}`);
}

/** The suffix of a description: Fisher information, damping and solver. */
export function describeFisher({ fisher, damping, solver }: FisherSettings): string {
  return ` · Fisher: ${fisher}${describeDamping(damping)}${solver === 'iterative' ? ' · solved iteratively' : ''}`;
}
