/** The training loss that theory predicts for an optimizer. */
import { sizeOf } from '../compiler/shape.ts';
import { matrixRank } from '../linearAlgebra/minimumNorm.ts';
import { isNatural, type OptimizerRule } from '../optimizers/optimizer.ts';
import type { ProblemData } from '../problems/problem.ts';
import { LARGEST_DATA } from './predictions.ts';
import { lossCurve, squareLossCurve } from './universalCurves.ts';

/** The mean training loss at each of the times: a flow's t, or rate · steps. */
export type LossCurve = (times: Float64Array) => Float64Array;

/** Steps longer than this part from the flow by more than a curve's width. */
const LONGEST_STEP = 0.1;

/**
 * The loss curve of natural gradient flow without damping, which `ngd` follows at rates up to 0.1. Train Fisher and
 * independent inputs (at most as many as the predictor has entries): the universal curve of the outputs at the start.
 * Population Fisher on a completion: L₀ exp(−2t·mn/|Ω|). They hold while the parameterization's Jacobian keeps full row
 * rank.
 * @param startOutputs f on the training inputs at the start, [n]
 * @param parameters how many there are: fewer than outputs, and the curve cannot hold
 * @param movesFreely whether the outputs can move in every direction: by default, whether a predictor that can be
 * anything moves them so
 * @param movesPredictorFreely whether ∂w/∂θ has full row rank: for the population Fisher
 * @returns null where no such curve is known, and for inputs of more than {@link LARGEST_DATA} numbers
 */
export function curvesOf(
  data: ProblemData,
  optimizer: OptimizerRule,
  startOutputs: Float64Array,
  parameters = Number.POSITIVE_INFINITY,
  movesFreely: () => boolean = () => areIndependent(data),
  movesPredictorFreely: () => boolean = () => true,
): LossCurve | null {
  if (!isNatural(optimizer) || optimizer.damping !== 0) return null;
  if (isLong(optimizer)) return null;
  const { loss, trainTargets } = data;
  if (optimizer.fisher === 'train' && parameters >= data.train.count && movesFreely()) {
    if (loss === 'logistic') {
      const margins = startOutputs.map((f, i) => trainTargets[i] * f);
      return (times) => times.map((t) => lossCurve(margins, t));
    }
    const residuals = startOutputs.map((f, i) => f - trainTargets[i]);
    return (times) => times.map((t) => squareLossCurve(residuals, t));
  }
  if (optimizer.fisher === 'population' && data.train.kind === 'entries' && movesPredictorFreely()) {
    const residuals = startOutputs.map((f, i) => f - trainTargets[i]);
    const faster = sizeOf(data.predictorShape) / data.train.count;
    return (times) => times.map((t) => squareLossCurve(residuals, t * faster));
  }
  return null;
}

/** Whether an optimizer takes steps that part from the flow by more than a curve's width. */
export function isLong(optimizer: OptimizerRule): boolean {
  return 'rate' in optimizer && optimizer.rate > LONGEST_STEP;
}

/** Whether the outputs of a predictor that can be anything move in every direction: no input is a combination of the others. */
export function areIndependent(data: ProblemData): boolean {
  const { train } = data;
  if (train.count > sizeOf(data.predictorShape)) return false;
  if (train.kind === 'entries') return true;
  return train.values.length <= LARGEST_DATA && matrixRank(train.values, train.count, train.dimension) === train.count;
}
