/** A run that has ended, as theory looks at it. */
import { type AnyOptimizerDescription, fisherSettings, stepLength } from '../optimizers/index.ts';
import { initialize } from '../parameterizations/initialization.ts';
import type { PredictorProgram } from '../parameterizations/parameterization.ts';
import type { ProblemData } from '../problems/problem.ts';
import { movesPredictorFreely } from './predictorRank.ts';

/** A run that has ended. */
export interface EndedRun {
  run: number;
  program: PredictorProgram;
  optimizer: AnyOptimizerDescription;
  /** The predictor at the start and at the end, in its shape; null for a network, the end where the run diverged. */
  start: Float64Array | null;
  end: Float64Array | null;
  /** Whether it came to its end: its steps, or the time asked for. */
  isFinished: boolean;
  /** All parameters at the end, [p]; null where the run diverged, and where they were too many to be kept. */
  parameters: Float64Array | null;
  /** f on the training inputs at the start, [n]. */
  startOutputs: Float64Array;
  /** The run's samples. */
  step: Float64Array;
  time: Float64Array;
}

/** Steps longer than this part from the flow by more than a curve's width. */
const LONGEST_STEP = 0.1;

/** Whether an optimizer takes steps that part from the flow by more than a curve's width. */
export function takesLongSteps(optimizer: AnyOptimizerDescription): boolean {
  return stepLength(optimizer) > LONGEST_STEP;
}

/**
 * Whether a run may be compared with limits of natural gradient flow: one by natural gradients must have come to its end,
 * in short steps.
 */
export function mayReachNaturalLimit({ optimizer, isFinished }: EndedRun): boolean {
  return fisherSettings(optimizer) === null || (isFinished && !takesLongSteps(optimizer));
}

/** Whether a run goes along undamped natural gradient flow with the Fisher information over `fisher`. */
export function followsNaturalFlow({ optimizer }: EndedRun, fisher: 'train' | 'population'): boolean {
  const settings = fisherSettings(optimizer);
  return settings !== null && settings.damping === 0 && settings.fisher === fisher;
}

/** Whether a run's predictor could move in every direction at its start and, as far as is known, at its end. */
export function movesFreely(data: ProblemData, { program, parameters }: EndedRun, seed: number): boolean {
  const shapes = program.parameters.map(({ shape }) => shape);
  const start = initialize(program.initialization, shapes, seed);
  return movesPredictorFreely(program, data, parameters === null ? [start] : [start, parameters]);
}
