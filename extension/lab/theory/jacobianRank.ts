import { CompleteOrthogonal } from '../linearAlgebra/completeOrthogonal.ts';
import { initialize } from '../parameterizations/initialization.ts';
import type { PredictorProgram } from '../parameterizations/parameterization.ts';
import type { ProblemData } from '../problems/problem.ts';
import { outputsAt, parameterCount } from './outputsAt.ts';

/** Numbers of a Jacobian, and examples, of which a rank is asked at most: beyond them it would take seconds. */
const LARGEST_JACOBIAN = 1_000_000;
const MOST_EXAMPLES = 256;

/**
 * Whether ∂f/∂θ on the training inputs has full row rank at a run's start and at its end, so that its outputs could move
 * in every direction; between them nobody looks.
 * @param end all parameters at the end, [p]; null where they are not known
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

/** Whether {@link hasFullRank} can be answered at little cost. */
export function isMeasurable(program: PredictorProgram, { train }: ProblemData): boolean {
  return train.count <= MOST_EXAMPLES && train.count * parameterCount(program) <= LARGEST_JACOBIAN;
}
