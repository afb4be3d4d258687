import { dot } from '../../linearAlgebra/vectors.ts';
import type { ProblemData } from '../../problems/problem.ts';
import { diagonalDepth } from '../diagonalDepth.ts';
import { misfit, stationarity } from '../stationarity.ts';
import { subgradientGap } from '../subgradient.ts';
import type { ConditionDefinition, RunEnd } from './condition.ts';

/** Maximum number of input entries, for which the residual takes a tenth of a second. */
const LARGEST_INPUTS = 20_000;

/** A run fits its labels (under the logistic loss: has equal margins) if the relative residual is at most this. */
const FIT = 0.01;

export const stationarityCondition: ConditionDefinition = {
  name: 'stationarity',
  meaning:
    'Stationarity of w for the minimum ℓ_{2/L} quasi-norm among all w with the same outputs, for u^L − v^L or a product of L vectors: 0 at a stationary point, which for L = 2 is a minimum-L1 fit. Undamped natural gradient flow with the train Fisher gets close to it from a small initialization.',
  source: 'Gunasekar et al. 2018; Woodworth et al. 2020',
  residual: stationarityResidual,
};

/**
 * How far w is from a stationary point of the minimum ℓ_{2/L} quasi-norm: the residual of {@link stationarity}. If the
 * support is not larger than the number of examples, w is always stationary on its support; for L = 2, where the
 * quasi-norm is the L1 norm, the condition off the support is measured instead: {@link subgradientGap}.
 * @returns null unless the parameterization is a diagonal network of depth L ≥ 2, there are fewer examples than
 * dimensions, and the run fits the targets to 1 % (logistic: has equal margins); also for inputs of more than 20 000
 * entries
 */
export async function stationarityResidual(
  data: ProblemData,
  { program, predictor: w }: RunEnd,
): Promise<number | null> {
  const { loss, train, trainTargets } = data;
  if (train.kind !== 'rows' || !w || train.count >= train.dimension || train.values.length > LARGEST_INPUTS)
    return null;
  const depth = diagonalDepth(program);
  if (depth === null) return null;
  const { values: x, count: n, dimension: d } = train;
  const scale = loss === 'logistic' ? meanMargin(x, n, d, trainTargets, w) : 1;
  if (!(scale > 0)) return null;
  const targets = trainTargets.map((y) => scale * y);
  if (!(misfit(x, n, d, targets, w) <= FIT)) return null;
  const { residual, support } = stationarity(x, n, d, targets, w, depth);
  if (depth > 2 || support.length > n) return residual;
  const signs = new Float64Array(d);
  for (const j of support) signs[j] = Math.sign(w[j]);
  return subgradientGap(x, n, d, signs);
}

function meanMargin(x: Float64Array, n: number, d: number, y: Float64Array, w: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += y[i] * dot(x.subarray(i * d, (i + 1) * d), w);
  return sum / n;
}
