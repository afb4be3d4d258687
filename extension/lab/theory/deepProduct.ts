/** The loss of gradient flow on a matrix product that is initially aligned with the singular vectors of the target. */
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { initialize } from '../parameterizations/initialization.ts';
import type { PredictorProgram } from '../parameterizations/parameterization.ts';
import type { ProblemData } from '../problems/problem.ts';
import { LARGEST_COMPLETION } from './dataLimits.ts';
import { modeCurve } from './modes.ts';
import { isSameFunction } from './sameFunction.ts';

/** Relative tolerance for a balanced and aligned initialization. */
const EXACT = 1e-8;

/** Step sizes above this fraction of a mode's time scale deviate visibly from the flow. */
const LONGEST_STEP = 0.1;

/** Generic weight of the target relative to the initialization, so that no two modes coincide. */
const GENERIC = Math.SQRT2 - 0.1;

/**
 * The mean training loss of gradient flow where every entry of a matrix is observed once and the predictor is a product
 * of N ≥ 2 matrices, W = W_N ⋯ W_1: each singular value evolves independently ({@link modeCurve}); the mean over the mn
 * entries makes the flow mn times slower than for ½‖W − M‖²_F.
 *
 * The initialization must be balanced, W_{l+1}ᵀ W_{l+1} = W_l W_lᵀ, and W must have the singular vectors of M (up to
 * signs). Both are checked.
 * @param step time per step of gradient descent; 0 for the flow itself
 * @returns null if a condition is violated, if steps are too large to follow the flow, and for more than {@link
 * LARGEST_COMPLETION} entries
 */
export function deepProductLoss(
  data: ProblemData,
  program: PredictorProgram,
  seed: number,
  step = 0,
): ((times: Float64Array) => Float64Array) | null {
  const target = wholeTarget(data);
  const order = target && factorOrder(program);
  if (!target || !order) return null;
  const drawn = initialize(
    program.initialization,
    program.parameters.map(({ shape }) => shape),
    seed,
  );
  const factors = factorsAt(program, order, drawn);
  if (!areBalanced(factors)) return null;
  const modes = commonModes(product(factors), target);
  if (!modes) return null;
  const { rows, columns } = target;
  const [depth, entries] = [factors.length, rows * columns];
  // A mode of strength a has curvature depth · a^{2 − 2/depth} / mn.
  const strongest = modes.reduce((most, { start, end }) => Math.max(most, Math.abs(start), Math.abs(end)), 0);
  if ((step * depth * strongest ** (2 - 2 / depth)) / entries > LONGEST_STEP) return null;
  return (times) => {
    const losses = new Float64Array(times.length);
    for (const { start, end } of modes) {
      let strength = start;
      times.forEach((time, i) => {
        // Integrate from one time to the next, so that no interval is repeated.
        strength = modeCurve(strength, end, depth, (time - (times[i - 1] ?? 0)) / entries);
        losses[i] += (strength - end) ** 2 / (2 * entries);
      });
    }
    return losses;
  };
}

/** The target matrix if each entry is observed exactly once. */
function wholeTarget({ train, trainTargets, predictorShape: [rows, columns] }: ProblemData): Matrix | null {
  if (train.kind !== 'entries' || train.count !== rows * columns || train.count > LARGEST_COMPLETION) return null;
  const values = new Float64Array(rows * columns).fill(Number.NaN);
  train.indices.forEach((position, i) => {
    values[position] = trainTargets[i];
  });
  return values.some(Number.isNaN) ? null : Matrix.from1DArray(rows, columns, values);
}

/** The parameters as factors, starting from the input; null if the predictor is not their product. */
function factorOrder(program: PredictorProgram): number[] | null {
  const { predictor, parameters } = program;
  if (predictor === null || parameters.length < 2 || parameters.some(({ shape }) => shape.length !== 2)) return null;
  const [rows, columns] = program.predictorShape;
  const forwards = parameters.map((_, l) => l);
  const isProduct = (order: readonly number[]) => {
    const shapes = order.map((l) => parameters[l].shape);
    const chain = shapes.every(([, width], l) => width === (l === 0 ? columns : shapes[l - 1][0]));
    if (!chain || shapes[shapes.length - 1][0] !== rows) return false;
    return isSameFunction(program, (theta) => product(factorsAt(program, order, theta)).to1DArray());
  };
  return [forwards, forwards.toReversed()].find(isProduct) ?? null;
}

function factorsAt({ parameters }: PredictorProgram, order: readonly number[], theta: Float64Array): Matrix[] {
  let at = 0;
  const matrices = parameters.map(({ shape: [height, width] }) => {
    const matrix = Matrix.from1DArray(height, width, theta.subarray(at, at + height * width));
    at += height * width;
    return matrix;
  });
  return order.map((l) => matrices[l]);
}

/** W_N ⋯ W_1. */
function product([first, ...others]: readonly Matrix[]): Matrix {
  return others.reduce((before, factor) => factor.mmul(before), first);
}

function areBalanced(factors: readonly Matrix[]): boolean {
  return factors.slice(1).every((factor, l) => {
    const outer = factors[l].mmul(factors[l].transpose());
    const inner = factor.transpose().mmul(factor);
    return Matrix.sub(inner, outer).norm() <= EXACT * outer.norm();
  });
}

/** The entries of initialization and target in a common singular basis; null if there is none. */
function commonModes(start: Matrix, target: Matrix): { start: number; end: number }[] | null {
  const unit = (matrix: Matrix) => Matrix.mul(matrix, 1 / (matrix.norm() || 1));
  // If common singular vectors exist, those of a generic linear combination are common, even if singular values
  // coincide.
  const sum = Matrix.add(unit(start), Matrix.mul(unit(target), GENERIC));
  const { leftSingularVectors: u, rightSingularVectors: v } = new SingularValueDecomposition(sum, {
    autoTranspose: true,
  });
  const along = (matrix: Matrix): number[] | null => {
    const inside = u.transpose().mmul(matrix).mmul(v);
    const diagonal = inside.diagonal();
    const outside = Math.abs(matrix.norm() ** 2 - diagonal.reduce((total, value) => total + value ** 2, 0));
    const mixed = inside.clone();
    diagonal.forEach((_, k) => {
      mixed.set(k, k, 0);
    });
    const isAligned = mixed.norm() <= EXACT * matrix.norm() && outside <= EXACT * matrix.norm() ** 2;
    return isAligned ? diagonal : null;
  };
  const [starts, ends] = [along(start), along(target)];
  // Set modes at the level of rounding to zero, so that they do not grow.
  const least = EXACT * Math.max(...(starts ?? [0]).map(Math.abs));
  return starts && ends && starts.map((value, k) => ({ start: Math.abs(value) > least ? value : 0, end: ends[k] }));
}
