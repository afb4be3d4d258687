import type { PredictorProgram } from '../../parameterizations/parameterization.ts';
import type { ProblemData } from '../../problems/problem.ts';

/** The end of a run. */
export interface RunEnd {
  program: PredictorProgram;
  /** [p], or null where they were too many to be kept. */
  parameters: Float64Array | null;
  /** In its shape; null for a network. */
  predictor: Float64Array | null;
}

/** A condition that theory says the end of training meets, where it predicts no single predictor. */
export interface ConditionDefinition {
  name: string;
  /** What tends to meet it, and what its residual means: one sentence. */
  meaning: string;
  source: string;
  /** How far the end of a run is from the condition: 0 where it is met; null where it has no meaning. */
  residual(data: ProblemData, end: RunEnd): number | null | Promise<number | null>;
}
