/**
 * Whether a parameterization can move its predictor in every direction, as required by the theory of natural gradient
 * flow.
 */

import { Matrix } from 'ml-matrix';
import { sizeOf } from '../compiler/shape.ts';
import { CompleteOrthogonal } from '../linearAlgebra/completeOrthogonal.ts';
import type { PredictorProgram } from '../parameterizations/parameterization.ts';
import type { ProblemData } from '../problems/problem.ts';
import { buildModel, type Model, predictorOf } from '../training/model.ts';
import { squaredSlopes } from '../training/natural/gram.ts';
import { jacobianProgram } from '../training/natural/jacobian.ts';
import { structureOf } from '../training/natural/structure.ts';
import { compileModel } from '../training/trainer.ts';

/** Maximum number of entries of an explicit Jacobian; the rank of a larger one would take seconds. */
const LARGEST_JACOBIAN = 250_000;

/**
 * Whether ∂w/∂θ has full row rank at each of the given parameters.
 * @returns false also if the rank is unknown, because the parameterization has no structure and is too large to
 * decompose
 */
export function movesPredictorFreely(
  program: PredictorProgram,
  data: ProblemData,
  points: readonly Float64Array[],
): boolean {
  if (program.predictor === null) return false;
  const model = buildModel(program, { ...data, test: null, testTargets: null });
  const structure = structureOf(model);
  const hasFullRank =
    structure.kind === 'pointwise'
      ? pointwiseRank(model)
      : structure.kind === 'product'
        ? productRank(model, structure.factors)
        : explicitRank(model);
  return hasFullRank !== null && points.every(hasFullRank);
}

type RankTest = (theta: Float64Array) => boolean;

/** w_i depends only on θ_i: all its derivatives must be nonzero. */
function pointwiseRank(model: Model): RankTest {
  const squares = squaredSlopes(model, predictorOf(model));
  const module = compileModel(model, [{ name: 'slopes', outputs: [squares] }]);
  return (theta) => {
    module.memory.set(theta);
    module.entry('slopes')(1);
    return module.view(squares).every((value) => value > 0);
  };
}

/**
 * W = A_l W_l B_l for each factor l: the range of ∂W/∂θ is the sum of col(A_l) ⊗ row(B_l). As l grows col(A_l) grows
 * and row(B_l) shrinks, so that the sum is the whole space only if one term is: A_l has rank m and B_l rank n.
 * @param factors W_L first
 */
function productRank(model: Model, factors: readonly number[]): RankTest {
  const { g, parameters, data } = model;
  const shapes = parameters.map((node) => g.shapeOf(node));
  const [rows, columns] = data.predictorShape.length === 1 ? [1, data.predictorShape[0]] : data.predictorShape;
  return (theta) => {
    let at = 0;
    const matrices = new Map(
      parameters.map((node, i) => {
        const [height, width] = shapes[i];
        const matrix = Matrix.from1DArray(height, width, theta.subarray(at, at + height * width));
        at += height * width;
        return [node, matrix] as const;
      }),
    );
    const chain = factors.map((factor) => matrices.get(factor) ?? Matrix.eye(1));
    const rankOf = (parts: readonly Matrix[], full: number) => {
      const [first, ...rest] = parts;
      if (!first) return full;
      const product = rest.reduce((left, right) => left.mmul(right), first);
      return new CompleteOrthogonal(Float64Array.from(product.to1DArray()), product.rows, product.columns).rank;
    };
    return chain.some(
      (_, l) => rankOf(chain.slice(0, l), rows) === rows && rankOf(chain.slice(l + 1), columns) === columns,
    );
  };
}

function explicitRank(model: Model): RankTest | null {
  const predictor = predictorOf(model);
  const d = sizeOf(model.g.shapeOf(predictor));
  const { parameterCount: p } = model;
  if (d * p > LARGEST_JACOBIAN) return null;
  const rows = jacobianProgram(model, predictor, 'predictor row');
  const module = compileModel(model, [rows.entry], rows.states);
  return (theta) => {
    module.memory.set(theta);
    const jacobian = new Float64Array(d * p);
    rows.evaluate(module, p, jacobian);
    return new CompleteOrthogonal(jacobian, d, p).rank === d;
  };
}
