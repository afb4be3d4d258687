import { describe, expect, it } from 'vitest';
import { RODAS } from '../../../../../extension/lab/training/flow/rodas.ts';
import { Rosenbrock } from '../../../../../extension/lab/training/flow/rosenbrock.ts';

/** Follows −∇L, given with its Hessian, in one dimension or more. */
function solve(
  y0: number[],
  velocity: (y: Float64Array) => number[],
  hessian: (y: Float64Array) => number[],
  end: number,
  rtol: number,
) {
  const solver = new Rosenbrock(
    RODAS,
    0,
    Float64Array.from(y0),
    1e-3,
    (y, into) => into.set(velocity(y)),
    (y, into) => into.set(hessian(y)),
    { rtol, atol: 1e-3 * rtol },
  );
  while (solver.t < end) if (!solver.step(end)) break;
  return solver;
}

describe('the linearly implicit method', () => {
  // dm/dt = e^−m, the gradient flow of L = e^−m: m = log(e^m₀ + t).
  const tail = (rtol: number) =>
    solve(
      [-1],
      ([m]) => [Math.exp(-m)],
      ([m]) => [Math.exp(-m)],
      100,
      rtol,
    );

  it.each([1e-5, 1e-7, 1e-9])('keeps its tolerance %d', (rtol) => {
    const solver = tail(rtol);
    expect(solver.t).toBe(100);
    expect(Math.abs(solver.y[0] / Math.log(Math.exp(-1) + 100) - 1)).toBeLessThan(10 * rtol);
  });

  it('is of order 4, its error estimate of order 3: steps grow like rtol^−1/4', () => {
    const growth = tail(1e-10).steps / tail(1e-6).steps;
    expect(growth).toBeGreaterThan(7);
    expect(growth).toBeLessThan(13);
  });

  it('is not bounded by the stability of what is at rest: rates 1 and 1e6 to t = 1e8 in hundreds of steps', () => {
    const solver = solve(
      [2, 2],
      ([x, y]) => [1 - x, 1e6 * (3 - y)],
      () => [1, 0, 0, 1e6],
      1e8,
      1e-9,
    );
    expect(solver.y[0]).toBeCloseTo(1, 8);
    expect(solver.y[1]).toBeCloseTo(3, 8);
    expect(solver.steps).toBeLessThan(1000);
  });

  it('leaves a saddle when the solution does', () => {
    // L = (x² − 1)² / 4: x² = 1 / (1 + (1/x₀² − 1) e^−2t), at 1e-8 for a long time, then at 1.
    for (const end of [10, 18, 20, 30]) {
      const solver = solve(
        [1e-8],
        ([x]) => [x - x ** 3],
        ([x]) => [3 * x * x - 1],
        end,
        1e-9,
      );
      const exact = 1 / Math.sqrt(1 + (1e16 - 1) * Math.exp(-2 * end));
      expect(Math.abs(solver.y[0] / exact - 1)).toBeLessThan(1e-5);
    }
  });

  it('has a dense output of its own accuracy', () => {
    const largestError = (rtol: number) => {
      const solver = new Rosenbrock(
        RODAS,
        0,
        Float64Array.of(-1),
        1e-3,
        ([m], into) => into.set([Math.exp(-m)]),
        ([m], into) => into.set([Math.exp(-m)]),
        { rtol, atol: 1e-3 * rtol },
      );
      const between = new Float64Array(1);
      let [before, largest] = [0, 0];
      while (solver.t < 100 && solver.step(100)) {
        for (const share of [0.15, 0.5, 0.85]) {
          const time = before + share * (solver.t - before);
          solver.interpolate(time, between);
          largest = Math.max(largest, Math.abs(between[0] - Math.log(Math.exp(-1) + time)));
        }
        before = solver.t;
      }
      return largest;
    };
    for (const rtol of [1e-5, 1e-7, 1e-9]) expect(largestError(rtol)).toBeLessThan(20 * rtol);
  });

  it('ends where the solution ends', () => {
    // dy/dt = −1/(2y) from 1, L = log(y) / 2: y = √(1 − t).
    const solver = solve(
      [1],
      ([y]) => [-1 / (2 * y)],
      ([y]) => [-1 / (2 * y * y)],
      2,
      1e-8,
    );
    expect(Math.abs(solver.t - 1)).toBeLessThan(1e-6);
  });
});
