/** How far the end of a run is from the conditions that theory names, where it names no single predictor. */
import { dot } from '../linearAlgebra/vectors.ts';
import type { PredictorProgram } from '../parameterizations/parameterization.ts';
import type { ProblemData } from '../problems/problem.ts';
import type { TheoryCondition } from '../results.ts';
import { diagonalDepth } from './diagonalDepth.ts';
import { homogeneousDegree } from './homogeneity.ts';
import { marginKKT } from './marginKKT.ts';
import { outputsAt, parameterCount } from './outputsAt.ts';
import { misfit, stationarity } from './stationarity.ts';
import { subgradientGap } from './subgradient.ts';

/** The conditions, in the order in which they are shown. */
export const CONDITIONS = {
  kkt: {
    name: 'max-margin KKT',
    meaning:
      'Gradient flow on the logistic loss of a homogeneous model tends to a KKT point of min ‖θ‖² subject to margins of at least 1, slowly: 0 there, about 1 far from it.',
    source: 'Lyu and Li 2020; Ji and Telgarsky 2020',
  },
  stationarity: {
    name: 'stationarity',
    meaning:
      'Whether w is stationary for the least ℓ_{2/L} quasi-norm among all w with the same outputs, for u^L − v^L or a product of L vectors: 0 where it is, at a least-L1 fit for L = 2. Natural gradient flow without damping, over the training inputs, comes near it from a small start.',
    source: 'Gunasekar et al. 2018; Woodworth et al. 2020',
  },
} as const satisfies Record<string, TheoryCondition>;

/** Numbers of a Jacobian, at most: up to it a residual takes some hundredths of a second. */
export const LARGEST_JACOBIAN = 50_000;

/** Examples that can be active at a KKT point, at most. */
const MOST_EXAMPLES = 256;

/** Numbers of inputs, at most: up to them stationarity takes a tenth of a second. */
const LARGEST_INPUTS = 20_000;

/** A run fits its labels (equally, under the logistic loss) where what is left is at most this share of them. */
const FIT = 0.01;

/** The end of a run. */
export interface RunEnd {
  program: PredictorProgram;
  /** [p], or null where they were too many to be kept. */
  parameters: Float64Array | null;
  /** In its shape; null for a network. */
  predictor: Float64Array | null;
}

/** The residuals that have a meaning for a run's end, by the names of their conditions. */
export async function residualsOf(data: ProblemData, end: RunEnd): Promise<Record<string, number>> {
  const found = [
    [CONDITIONS.kkt.name, kktResidual(data, end)],
    [CONDITIONS.stationarity.name, await stationarityResidual(data, end)],
  ] as const;
  return Object.fromEntries(found.filter((entry): entry is [(typeof entry)[0], number] => entry[1] !== null));
}

/**
 * How far the parameters are from a KKT point of the largest margin: √(residual² + slackness²) of {@link marginKKT}.
 * @returns null unless the loss is logistic, the outputs are homogeneous in the parameters and all labels are right, and
 * for more than 256 examples or a Jacobian of more than {@link LARGEST_JACOBIAN} numbers
 */
export function kktResidual(data: ProblemData, { program, parameters: theta }: RunEnd): number | null {
  const { loss, trainTargets, train } = data;
  if (loss !== 'logistic' || !theta || train.count > MOST_EXAMPLES) return null;
  const p = parameterCount(program);
  if (train.count * p > LARGEST_JACOBIAN) return null;
  const model = outputsAt(program, data);
  if (homogeneousDegree(model.outputs, theta) === null) return null;
  const margins = model.outputs(theta).map((f, i) => trainTargets[i] * f);
  if (!margins.every((m) => m > 0 && Number.isFinite(m))) return null;
  const rows = model.jacobian(theta);
  const gradients = Array.from(trainTargets, (y, i) => rows.subarray(i * p, (i + 1) * p).map((value) => y * value));
  const { residual, slackness } = marginKKT({ gradients, theta, margins });
  return Math.hypot(residual, slackness);
}

/**
 * How far w is from a stationary point of the least ℓ_{2/L} quasi-norm: the residual of {@link stationarity}. Where no
 * more entries of w count than there are examples the parameters that count are stationary by themselves; for L = 2,
 * where the quasi-norm is the L1 norm, the others decide then: {@link subgradientGap}.
 * @returns null unless the parameterization is a diagonal network of depth L ≥ 2, there are fewer examples than
 * dimensions, and the run fits the targets to 1 % (logistic: has equal margins); and for inputs of more than 20 000 numbers
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
