import type { PredictorProgram } from '../../parameterizations/parameterization.ts';
import type { ProblemData } from '../../problems/problem.ts';
import type { ConditionName } from '../names.ts';

/** The end of a run. */
export interface RunEnd {
  program: PredictorProgram;
  /** [p]; null if there are too many to keep. */
  parameters: Float64Array | null;
  /** In the predictor's shape; null for a network. */
  predictor: Float64Array | null;
}

/** A condition that theory predicts for the end of training, for cases without a unique predicted predictor. */
export interface ConditionDefinition {
  name: ConditionName;
  /** What satisfies it in the limit, and the meaning of its residual: one sentence. */
  meaning: string;
  source: string;
  /** The residual at the end of a run: 0 if the condition holds; null if it does not apply. */
  residual(data: ProblemData, end: RunEnd): number | null | Promise<number | null>;
}
