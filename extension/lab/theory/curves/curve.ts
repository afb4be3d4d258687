import type { ProblemData } from '../../problems/problem.ts';
import type { EndedRun } from '../run.ts';

/** The mean training loss at each of the times: a flow's t, or rate · steps. */
export type LossCurve = (times: Float64Array) => Float64Array;

/** A training loss that theory predicts for a run. */
export interface CurveDefinition {
  name: string;
  /** Null where no such curve is known for this run. */
  loss(data: ProblemData, run: EndedRun, seed: number): LossCurve | null;
}
