import { EigenvalueDecomposition, Matrix, pseudoInverse } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import {
  ConjugateGradients,
  diagonalPreconditioner,
} from '../../../../extension/lab/linearAlgebra/conjugateGradients.ts';
import { required } from '../../required.ts';
import { gaussianRows, norm } from '../trained.ts';

const rule = { tolerance: 1e-13, iterations: 500 };

function quadratic(a: Matrix) {
  return (x: Float64Array, into: Float64Array) => {
    into.set(a.mmul(Matrix.columnVector(Array.from(x))).to1DArray());
    return x.reduce((sum, value, i) => sum + value * into[i], 0);
  };
}

/** No preconditioner. */
const none = (size: number) => diagonalPreconditioner(new Float64Array(size).fill(1));

describe('conjugate gradients', () => {
  const x = new Matrix(gaussianRows(7, 12, 30));
  const k = x.mmul(x.transpose());
  const b = Float64Array.from(gaussianRows(8, 1, 12)[0]);
  const exact = pseudoInverse(k)
    .mmul(Matrix.columnVector(Array.from(b)))
    .to1DArray();

  it.each([1, 2])('solve a system, from any guess, preconditioned or not (%d)', (power) => {
    const scale = Float64Array.from({ length: 12 }, (_, i) => (power === 1 ? 1 : 1 / k.get(i, i)));
    const solver = new ConjugateGradients(12, rule);
    for (const guess of [
      new Float64Array(12),
      Float64Array.from(gaussianRows(9, 1, 12)[0]),
      Float64Array.from(exact),
    ]) {
      const outcome = solver.solve(quadratic(k), b, diagonalPreconditioner(scale), guess);
      expect(outcome).toMatchObject({ converged: true, singular: false });
      expect(norm(guess.map((value, i) => value - exact[i])) / norm(exact)).toBeLessThan(1e-12);
    }
  });

  it('know the condition number afterwards', () => {
    const solver = new ConjugateGradients(12, rule);
    solver.solve(quadratic(k), b, none(12), new Float64Array(12));
    const values = new EigenvalueDecomposition(k, { assumeSymmetric: true }).realEigenvalues;
    expect(Math.abs(required(solver.condition()) / (Math.max(...values) / Math.min(...values)) - 1)).toBeLessThan(1e-6);
  });

  it('stop at a direction that the matrix does not know, and at their last iteration', () => {
    const singular = new Matrix([
      [1, 1, 0],
      [1, 1, 0],
      [0, 0, 2],
    ]);
    // xᵀ A x without cancellation, as callers owe it.
    const product = (v: Float64Array, into: Float64Array) => {
      quadratic(singular)(v, into);
      return (v[0] + v[1]) ** 2 + 2 * v[2] ** 2;
    };
    const outcome = new ConjugateGradients(3, rule).solve(
      product,
      Float64Array.of(1, 2, 3),
      none(3),
      new Float64Array(3),
    );
    expect(outcome).toMatchObject({ converged: false, singular: true });
    const short = new ConjugateGradients(12, { ...rule, iterations: 2 });
    const cut = short.solve(quadratic(k), b, none(12), new Float64Array(12));
    expect(cut).toMatchObject({ converged: false, singular: false, iterations: 2 });
    expect(cut.residual).toBeGreaterThan(1e-6);
  });

  it('solve nothing for nothing', () => {
    const guess = new Float64Array(12);
    const outcome = new ConjugateGradients(12, rule).solve(quadratic(k), guess, none(12), guess);
    expect(outcome).toEqual({ iterations: 0, residual: 0, plainResidual: 0, converged: true, singular: false });
  });
});
