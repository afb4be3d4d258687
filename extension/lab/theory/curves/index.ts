/** All curves, one line each. The first one that applies to a run is drawn. */
import type { ProblemData } from '../../problems/problem.ts';
import type { TheoryCurve } from '../../results.ts';
import type { EndedRun } from '../run.ts';
import type { CurveDefinition } from './curve.ts';
import { deepProductModes } from './deepProductModes.ts';
import { naturalFlowCurve } from './naturalFlow.ts';

const curves: readonly CurveDefinition[] = [naturalFlowCurve, deepProductModes];

/** The predicted training loss of a run at its samples; null if unknown. */
export function curveOf(data: ProblemData, ended: EndedRun, seed: number): TheoryCurve | null {
  const { run, step, time } = ended;
  for (const { name, loss } of curves) {
    const at = loss(data, ended, seed);
    if (at) return { run, name, step, time, trainLoss: at(time) };
  }
  return null;
}
