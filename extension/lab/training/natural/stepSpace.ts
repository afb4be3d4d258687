import type { CompiledModule } from '../../compiler/module.ts';
import type { AnyProblemDescription } from '../../problems/index.ts';
import type { SolverReport } from '../../results.ts';
import type { Model } from '../model.ts';
import type { FisherSettings } from './settings.ts';

/** A solver for natural gradient steps at the parameters in its module's memory. */
export interface StepSpace {
  readonly module: CompiledModule;
  /** δ = (F + damping I)⁻¹ ∇L, [p]; non-finite if there is no solution. The next call may overwrite it. */
  solve(damping: number): Float64Array;
  /** Numerical rank of the last system; null if the solver does not determine it. */
  readonly rank: number | null;
  /** The number of singular values that are clearly above the cutoff, independent of rounding; null if unknown. */
  readonly certainRank: number | null;
  /** The relative residual of the last system if it is too large for a step; null if the system was solved. */
  readonly unsolved: number | null;
  /** A report on the last solution, including its condition number. */
  report(): SolverReport;
  /** Saves the state between steps; the returned function restores it. */
  save?(): () => void;
  /** Whole steps θ ← θ − rate · δ in compiled code, if available. */
  readonly compiled?: CompiledSteps;
}

export interface CompiledSteps {
  /**
   * Takes steps with the current damping.
   * @param isMeasured whether the module has just measured the same parameters
   * @returns whether all steps were solved; otherwise the parameters are not finite
   */
  take(times: number, isMeasured: boolean): boolean;
  setDamping(damping: number): void;
}

/** The systems of one run. */
export interface StepSpaceTask {
  model: Model;
  settings: FisherSettings;
  problem: AnyProblemDescription;
  seed: number;
  /** The learning rate of compiled steps; null for a flow, which only evaluates δ. */
  rate: number | null;
}
