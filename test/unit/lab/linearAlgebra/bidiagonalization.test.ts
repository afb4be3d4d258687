import { Matrix, pseudoInverse } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import {
  damped,
  type LinearOperator,
  solveByBidiagonalization,
  transposed,
} from '../../../../extension/lab/linearAlgebra/bidiagonalization.ts';
import { gaussianRows, norm } from '../trained.ts';

const rule = { tolerance: 1e-13, iterations: 500 };

function operator(a: Matrix): LinearOperator {
  const write = (m: Matrix) => (x: Float64Array, into: Float64Array) =>
    into.set(m.mmul(Matrix.columnVector(Array.from(x))).to1DArray());
  return { rows: a.rows, columns: a.columns, multiply: write(a), multiplyTransposed: write(a.transpose()) };
}

const times = (a: Matrix, b: ArrayLike<number>) => a.mmul(Matrix.columnVector(Array.from(b))).to1DArray();
const apart = (a: Float64Array, b: number[]) => norm(a.map((value, i) => value - b[i])) / norm(b);

describe('least squares by bidiagonalization', () => {
  // Rank 6 of 20 rows and 10 columns.
  const a = new Matrix(gaussianRows(1, 20, 6)).mmul(new Matrix(gaussianRows(2, 6, 10)));
  const b = Float64Array.from(gaussianRows(3, 1, 20)[0]);

  it('of minimum norm where there are many solutions and no exact one', () => {
    const outcome = solveByBidiagonalization(operator(a), b, rule);
    expect(outcome).toMatchObject({ converged: true, rank: 6, iterations: 6 });
    expect(apart(outcome.x, times(pseudoInverse(a, 1e-9), b))).toBeLessThan(1e-12);
    expect(outcome.residual).toBeGreaterThan(0.1);
  });

  it('of the transposed matrix', () => {
    const c = Float64Array.from(gaussianRows(4, 1, 10)[0]);
    const { x } = solveByBidiagonalization(transposed(operator(a)), c, rule);
    expect(apart(x, times(pseudoInverse(a, 1e-9).transpose(), c))).toBeLessThan(1e-12);
  });

  it('with damping', () => {
    const target = new Float64Array(30);
    target.set(b);
    const { x } = solveByBidiagonalization(damped(operator(a), 0.01), target, rule);
    const normal = a.transpose().mmul(a).add(Matrix.eye(10).mul(0.01));
    expect(apart(x, times(pseudoInverse(normal).mmul(a.transpose()), b))).toBeLessThan(1e-11);
  });

  it('fits a row that is smaller than the others by 1e-10 as exactly as the others', () => {
    const graded = new Matrix([
      [1, 2, 0.5],
      [1e-10, -1e-10, 3e-10],
    ]);
    const { x, rank, condition } = solveByBidiagonalization(operator(graded), Float64Array.of(1, 2), rule);
    expect(rank).toBe(2);
    expect(condition).toBeGreaterThan(1e9);
    times(graded, x).forEach((value, i) => {
      expect(value).toBeCloseTo([1, 2][i], 5);
    });
  });

  it('says that it did not get there in too few steps, and finds nothing for nothing', () => {
    const wide = new Matrix(gaussianRows(7, 40, 60));
    const right = Float64Array.from(gaussianRows(8, 1, 40)[0]);
    expect(solveByBidiagonalization(operator(wide), right, { ...rule, iterations: 3 }).converged).toBe(false);
    expect(solveByBidiagonalization(operator(wide), new Float64Array(40), rule)).toMatchObject({
      iterations: 0,
      residual: 0,
      converged: true,
    });
  });
});
