import type { CompiledModule } from '../../compiler/module.ts';
import type { AnyProblemDescription } from '../../problems/index.ts';
import type { SolverReport } from '../../results.ts';
import type { Model } from '../model.ts';
import type { FisherSettings } from './settings.ts';

/** What solves for a whole natural gradient step at the parameters in its module's memory. */
export interface StepSpace {
  readonly module: CompiledModule;
  /** δ = (F + damping I)⁻¹ ∇L, [p]; not finite where there is none. The next call may write it anew. */
  solve(damping: number): Float64Array;
  /** Numerical rank of the last system; null where the solver finds none. */
  readonly rank: number | null;
  /** How much of that rank is so far above the cutoff that rounding cannot take it away; null where none is found. */
  readonly certainRank: number | null;
  /** The relative residual of the last system, where it is larger than a step may have; null where it was solved. */
  readonly unsolved: number | null;
  /** What the last solution was like; computes the condition number. */
  report(): SolverReport;
  /** Remembers what lasts from step to step; what it returns goes back there. */
  save?(): () => void;
  /** Whole steps θ ← θ − rate · δ in compiled code, where there are such. */
  readonly compiled?: CompiledSteps;
}

export interface CompiledSteps {
  /**
   * Takes steps with the damping that was set last.
   * @param isMeasured whether the module measured these very parameters just now
   * @returns whether all were solved; where not, the parameters are not finite
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
  /** Of steps that are compiled whole; null for a flow, which asks for δ anywhere. */
  rate: number | null;
}
