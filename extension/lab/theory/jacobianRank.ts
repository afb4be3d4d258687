import { CompleteOrthogonal } from '../linearAlgebra/completeOrthogonal.ts';
import { initialize } from '../parameterizations/initialization.ts';
import type { PredictorProgram } from '../parameterizations/parameterization.ts';
import type { ProblemData } from '../problems/problem.ts';
import { outputsAt, parameterCount } from './outputsAt.ts';

/**
 * Maximum number of Jacobian entries and of examples for which the rank is computed; beyond that it would take seconds.
 */
const LARGEST_JACOBIAN = 1_000_000;
const MOST_EXAMPLES = 256;

/**
 * Whether ∂f/∂θ on the training inputs has full row rank at the start and at the end of a run, so that its outputs can
 * move in every direction. The rank in between is not checked.
 * @param end all parameters at the end, [p]; null if unknown
 * @returns false also for more than 256 examples or a Jacobian of more than a million numbers
 */
export function hasFullRank(
  program: PredictorProgram,
  data: ProblemData,
  seed: number,
  end: Float64Array | null,
): boolean {
  const { count: n } = data.train;
  const p = parameterCount(program);
  if (!end || p < n || !isMeasurable(program, data)) return false;
  const shapes = program.parameters.map(({ shape }) => shape);
  const model = outputsAt(program, data);
  return [initialize(program.initialization, shapes, seed), end].every((theta) => {
    return new CompleteOrthogonal(model.jacobian(theta), n, p).rank === n;
  });
}

/** Whether {@link hasFullRank} is cheap to compute. */
export function isMeasurable(program: PredictorProgram, { train }: ProblemData): boolean {
  return train.count <= MOST_EXAMPLES && train.count * parameterCount(program) <= LARGEST_JACOBIAN;
}
