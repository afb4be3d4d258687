import type { ProblemData } from '../../problems/problem.ts';
import type { EndedRun } from '../run.ts';

/** Maps times (a flow's t, or rate · steps) to the mean training loss. */
export type LossCurve = (times: Float64Array) => Float64Array;

/** A training loss curve predicted by theory. */
export interface CurveDefinition {
  name: string;
  /** Null if the curve is unknown for this run. */
  loss(data: ProblemData, run: EndedRun, seed: number): LossCurve | null;
}
