/** An ended run, as input to theory. */
import { type AnyOptimizerDescription, fisherSettings, stepLength } from '../optimizers/index.ts';
import { initialize } from '../parameterizations/initialization.ts';
import type { PredictorProgram } from '../parameterizations/parameterization.ts';
import type { ProblemData } from '../problems/problem.ts';
import { movesPredictorFreely } from './predictorRank.ts';

/** An ended run. */
export interface EndedRun {
  run: number;
  program: PredictorProgram;
  optimizer: AnyOptimizerDescription;
  /**
   * The initial and the final predictor, in its shape; null for a network; the final one is null if the run diverged.
   */
  start: Float64Array | null;
  end: Float64Array | null;
  /** Whether it completed all steps, or reached the requested time. */
  isFinished: boolean;
  /** The final parameters, [p]; null if the run diverged or there are too many to keep. */
  parameters: Float64Array | null;
  /** The initial f on the training inputs, [n]. */
  startOutputs: Float64Array;
  /** The run's samples. */
  step: Float64Array;
  time: Float64Array;
}

/** Larger steps deviate visibly from the flow. */
const LONGEST_STEP = 0.1;

/** Whether an optimizer's steps are too large to follow the flow. */
export function takesLongSteps(optimizer: AnyOptimizerDescription): boolean {
  return stepLength(optimizer) > LONGEST_STEP;
}

/**
 * Whether a run may be compared with limits of natural gradient flow: a natural gradient run must be complete and have
 * small steps.
 */
export function mayReachNaturalLimit({ optimizer, isFinished }: EndedRun): boolean {
  return fisherSettings(optimizer) === null || (isFinished && !takesLongSteps(optimizer));
}

/** Whether a run follows undamped natural gradient flow with the given Fisher information. */
export function followsNaturalFlow({ optimizer }: EndedRun, fisher: 'train' | 'population'): boolean {
  const settings = fisherSettings(optimizer);
  return settings !== null && settings.damping === 0 && settings.fisher === fisher;
}

/** Whether a run's predictor can move in every direction at its start and, if known, at its end. */
export function movesFreely(data: ProblemData, { program, parameters }: EndedRun, seed: number): boolean {
  const shapes = program.parameters.map(({ shape }) => shape);
  const start = initialize(program.initialization, shapes, seed);
  return movesPredictorFreely(program, data, parameters === null ? [start] : [start, parameters]);
}
