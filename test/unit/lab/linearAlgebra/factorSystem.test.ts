import { describe, expect, it } from 'vitest';
import { CompleteOrthogonal } from '../../../../extension/lab/linearAlgebra/completeOrthogonal.ts';
import { product, transpose } from '../../../../extension/lab/linearAlgebra/dense.ts';
import { type Dense, factorSystem } from '../../../../extension/lab/linearAlgebra/factorSystem.ts';
import { gaussianRows } from '../trained.ts';

const gaussian = (seed: number, rows: number, columns: number): Dense => ({
  rows,
  columns,
  values: Float64Array.from(gaussianRows(seed, rows, columns).flat()),
});

/** J of W₂ W₁, row-major [m n, r (m + n)]: the entries of W₂ first. */
function jacobian(left: Dense, right: Dense): CompleteOrthogonal {
  const [m, r, n] = [left.rows, left.columns, right.columns];
  const p = r * (m + n);
  const a = new Float64Array(m * n * p);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < r; k++) {
        a[(i * n + j) * p + i * r + k] = right.values[k * n + j]!;
        a[(i * n + j) * p + m * r + k * n + j] = left.values[i * r + k]!;
      }
    }
  }
  return new CompleteOrthogonal(a, m * n, p);
}

/** δ₂ and δ₁, as the system defines them. */
function stepOf(left: Dense, right: Dense, target: Float64Array, damping: number): number[] {
  const [m, r, n] = [left.rows, left.columns, right.columns];
  const { left: u, right: v, weights } = factorSystem({ left, right, damping, certain: 1e3 });
  const rotated = product(product(u, target, m, m, n), transpose(v, n, n), m, n, n);
  const weighted = rotated.map((value, at) => value * weights[at]!);
  const x = product(transpose(u, m, m), product(weighted, v, m, n, n), m, m, n);
  const ofLeft = product(x, transpose(right.values, r, n), m, n, r);
  const ofRight = product(transpose(left.values, m, r), x, r, m, n);
  return [...ofLeft, ...ofRight];
}

const distance = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  const norm = (values: number[]) => Math.hypot(...values);
  return norm(Array.from(a, (value, i) => value - b[i]!)) / norm(Array.from(b));
};

/** A factor of the given rank. */
function ofRank(seed: number, rows: number, columns: number, rank: number): Dense {
  const [a, b] = [gaussian(seed, rows, rank), gaussian(seed + 1, rank, columns)];
  const values = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      for (let k = 0; k < rank; k++) values[i * columns + j]! += a.values[i * rank + k]! * b.values[k * columns + j]!;
    }
  }
  return { rows, columns, values };
}

const scaled = ({ values, ...rest }: Dense, by: number): Dense => ({ ...rest, values: values.map((x) => by * x) });
const zero = (rows: number, columns: number): Dense => ({ rows, columns, values: new Float64Array(rows * columns) });

describe('the system of two factors', () => {
  it.each<[string, Dense, Dense]>([
    ['wide enough', gaussian(1, 4, 6), gaussian(2, 6, 5)],
    ['square', gaussian(3, 4, 4), gaussian(4, 4, 4)],
    ['too narrow', gaussian(5, 6, 2), gaussian(6, 2, 5)],
    ['between', gaussian(7, 6, 4), gaussian(8, 4, 3)],
    ['of one row', gaussian(9, 1, 3), gaussian(10, 3, 7)],
    ['of different sizes', scaled(gaussian(11, 5, 5), 1e-6), scaled(gaussian(12, 5, 5), 1e3)],
    ['of lower rank', ofRank(13, 5, 5, 2), ofRank(15, 5, 4, 3)],
    ['one of them zero', zero(4, 3), gaussian(17, 3, 5)],
  ])('gives the steps of the pseudoinverse, and of damped least squares: %s', (_name, left, right) => {
    const target = gaussian(19, left.rows, right.columns).values;
    const dense = jacobian(left, right);
    expect(distance(stepOf(left, right, target, 0), dense.solve(target))).toBeLessThan(1e-10);
    expect(factorSystem({ left, right, damping: 0, certain: 1e3 }).rank).toBe(dense.rank);
    expect(distance(stepOf(left, right, target, 0.3), dense.solveDamped(target, 0.3))).toBeLessThan(1e-10);
  });

  it('decides the rank on singular values of J, not on their squares', () => {
    const [left, right] = [gaussian(21, 3, 3), zero(3, 3)];
    // Of the columns of W₂ one is nearly a combination of the others: its square is below the rounding error of W₂W₂ᵀ.
    for (let i = 0; i < 3; i++) {
      left.values[3 * i + 2] = left.values[3 * i]! + left.values[3 * i + 1]! + (i === 0 ? 1e-10 : 0);
    }
    const { rank, condition } = factorSystem({ left, right, damping: 0, certain: 1e3 });
    expect(rank).toBe(9);
    expect(condition).toBeGreaterThan(1e18);
  });

  it('keeps singular values whose squares overflow or underflow', () => {
    for (const unit of [1e160, 1e-160]) {
      const { rank, certainRank } = factorSystem({
        left: scaled(gaussian(26, 3, 3), unit),
        right: zero(3, 3),
        damping: 0,
        certain: 1e3,
      });
      expect([rank, certainRank]).toEqual([9, 9]);
    }
  });

  it('tells how many singular values do not depend on rounding', () => {
    const left = zero(3, 3);
    for (const [i, value] of [1, 1, 1e-13].entries()) left.values[4 * i] = value;
    const { rank, certainRank } = factorSystem({ left, right: zero(3, 3), damping: 0, certain: 1e3 });
    expect([rank, certainRank]).toEqual([9, 6]);
  });
});
