/** The training loss of natural gradient flow. */
import { sizeOf } from '../../compiler/shape.ts';
import { matrixRank } from '../../linearAlgebra/minimumNorm.ts';
import { type AnyOptimizerDescription, fisherSettings } from '../../optimizers/index.ts';
import type { ProblemData } from '../../problems/problem.ts';
import { LARGEST_DATA } from '../dataLimits.ts';
import { hasFullRank, isMeasurable } from '../jacobianRank.ts';
import { parameterCount } from '../outputsAt.ts';
import { movesFreely, takesLongSteps } from '../run.ts';
import { lossCurve, squareLossCurve } from '../universalCurves.ts';
import type { CurveDefinition, LossCurve } from './curve.ts';

export const naturalFlowCurve: CurveDefinition = {
  name: 'natural gradient flow',
  loss(data, run, seed) {
    const { program, optimizer, startOutputs, parameters } = run;
    const isKnown = parameters !== null && isMeasurable(program, data);
    return naturalFlowLoss(
      data,
      optimizer,
      startOutputs,
      parameterCount(program),
      () => {
        if (program.predictor !== null && !areIndependent(data)) return false;
        // Assumed for predictors with inputs in general position; networks must be checked.
        return isKnown ? hasFullRank(program, data, seed, parameters) : program.predictor !== null;
      },
      () => movesFreely(data, run, seed),
    );
  },
};

/**
 * The loss curve of undamped natural gradient flow, which `ngd` follows at learning rates up to 0.1. Train Fisher and
 * linearly independent inputs (at most as many as the predictor has entries): the universal curve of the initial
 * outputs. Population Fisher on a completion problem: L₀ exp(−2t·mn/|Ω|). Both are valid while the parameterization's
 * Jacobian has full row rank.
 * @param startOutputs the initial f on the training inputs, [n]
 * @param parameters number of parameters; with fewer parameters than outputs the curve is not valid
 * @param movesFreely whether the outputs can move in every direction; by default, whether an unconstrained predictor
 * can move them in every direction
 * @param movesPredictorFreely whether ∂w/∂θ has full row rank; used for the population Fisher
 * @returns null if the curve is unknown, and for inputs of more than {@link LARGEST_DATA} numbers
 */
export function naturalFlowLoss(
  data: ProblemData,
  optimizer: AnyOptimizerDescription,
  startOutputs: Float64Array,
  parameters = Number.POSITIVE_INFINITY,
  movesFreely: () => boolean = () => areIndependent(data),
  movesPredictorFreely: () => boolean = () => true,
): LossCurve | null {
  const settings = fisherSettings(optimizer);
  if (settings === null || settings.damping !== 0 || takesLongSteps(optimizer)) return null;
  const { loss, trainTargets } = data;
  if (settings.fisher === 'train' && parameters >= data.train.count && movesFreely()) {
    if (loss === 'logistic') {
      const margins = startOutputs.map((f, i) => trainTargets[i] * f);
      return (times) => times.map((t) => lossCurve(margins, t));
    }
    const residuals = startOutputs.map((f, i) => f - trainTargets[i]);
    return (times) => times.map((t) => squareLossCurve(residuals, t));
  }
  if (settings.fisher === 'population' && data.train.kind === 'entries' && movesPredictorFreely()) {
    const residuals = startOutputs.map((f, i) => f - trainTargets[i]);
    const faster = sizeOf(data.predictorShape) / data.train.count;
    return (times) => times.map((t) => squareLossCurve(residuals, t * faster));
  }
  return null;
}

/**
 * Whether the outputs of an unconstrained predictor can move in every direction: the inputs are linearly independent.
 */
function areIndependent(data: ProblemData): boolean {
  const { train } = data;
  if (train.count > sizeOf(data.predictorShape)) return false;
  if (train.kind === 'entries') return true;
  return train.values.length <= LARGEST_DATA && matrixRank(train.values, train.count, train.dimension) === train.count;
}
