import type { ProblemData } from '../../problems/problem.ts';
import { homogeneousDegree } from '../homogeneity.ts';
import { marginKKT } from '../marginKKT.ts';
import { outputsAt, parameterCount } from '../outputsAt.ts';
import type { ConditionDefinition, RunEnd } from './condition.ts';

/** Maximum number of entries of a Jacobian, for which a residual takes some hundredths of a second. */
const LARGEST_JACOBIAN = 50_000;

/** Maximum number of examples. */
const MOST_EXAMPLES = 256;

export const maxMarginKkt: ConditionDefinition = {
  name: 'max-margin KKT',
  meaning:
    'Gradient flow on the logistic loss of a homogeneous model slowly converges in direction to a KKT point of min ‖θ‖² subject to margins of at least 1. The residual is 0 there and about 1 far from it.',
  source: 'Lyu and Li 2020; Ji and Telgarsky 2020',
  residual: kktResidual,
};

/**
 * How far the parameters are from a KKT point of the maximum-margin problem: √(residual² + slackness²) of {@link
 * marginKKT}.
 * @returns null unless the loss is logistic, the outputs are homogeneous in the parameters and all labels are
 * classified correctly; also for more than 256 examples or a Jacobian of more than {@link LARGEST_JACOBIAN} numbers
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
