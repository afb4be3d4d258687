/** The training loss that theory predicts for an optimizer. */
import { matrixRank } from '../linearAlgebra/minimumNorm.ts';
import { isNatural, type OptimizerRule } from '../optimizers/optimizer.ts';
import type { ProblemData } from '../problems/problem.ts';
import { LARGEST_DATA } from './predictions.ts';
import { lossCurve, squareLossCurve } from './universalCurves.ts';

/** The mean training loss at each of the times: a flow's t, or rate · steps. */
export type LossCurve = (times: Float64Array) => Float64Array;

/**
 * The loss curve of natural gradient flow without damping, which `ngd` follows for small rates. Train Fisher and
 * independent inputs (at most as many as the predictor has entries): the universal curve of the outputs at the start.
 * Population Fisher on a completion: L₀ exp(−2t·mn/|Ω|). They hold while the parameterization's Jacobian keeps full row
 * rank.
 * @param startOutputs f on the training inputs at the start, [n]
 * @returns null where no such curve is known, and for inputs of more than {@link LARGEST_DATA} numbers
 */
export function curvesOf(data: ProblemData, optimizer: OptimizerRule, startOutputs: Float64Array): LossCurve | null {
  if (!isNatural(optimizer) || optimizer.damping !== 0) return null;
  const { loss, trainTargets, predictorShape } = data;
  const entries = predictorShape.reduce((product, length) => product * length, 1);
  if (optimizer.fisher === 'train' && areIndependent(data, entries)) {
    if (loss === 'logistic') {
      const margins = startOutputs.map((f, i) => trainTargets[i] * f);
      return (times) => times.map((t) => lossCurve(margins, t));
    }
    const residuals = startOutputs.map((f, i) => f - trainTargets[i]);
    return (times) => times.map((t) => squareLossCurve(residuals, t));
  }
  if (optimizer.fisher === 'population' && data.train.kind === 'entries') {
    const residuals = startOutputs.map((f, i) => f - trainTargets[i]);
    const faster = entries / data.train.count;
    return (times) => times.map((t) => squareLossCurve(residuals, t * faster));
  }
  return null;
}

/** Whether the outputs can move in every direction: no input is a combination of the others. */
function areIndependent({ train }: ProblemData, entries: number): boolean {
  if (train.count > entries) return false;
  if (train.kind === 'entries') return true;
  return train.values.length <= LARGEST_DATA && matrixRank(train.values, train.count, train.dimension) === train.count;
}
