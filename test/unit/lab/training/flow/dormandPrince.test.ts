import { describe, expect, it } from 'vitest';
import { DORMAND_PRINCE } from '../../../../../extension/lab/training/flow/dormandPrince.ts';
import { ExplicitRungeKutta } from '../../../../../extension/lab/training/flow/explicitRungeKutta.ts';

function solve(y0: number[], f: (y: Float64Array) => number[], end: number, rtol: number) {
  const solver = new ExplicitRungeKutta(DORMAND_PRINCE, Float64Array.from(y0), (y, into) => into.set(f(y)), {
    rtol,
    atol: rtol * 1e-3,
  });
  const between: [number, Float64Array][] = [];
  while (solver.t < end) {
    if (!solver.step(end)) break;
    const time = solver.t - 0.3 * (end / 1000);
    const value = new Float64Array(y0.length);
    if (time > 0) {
      solver.interpolate(Math.max(time, solver.t * 0.999), value);
      between.push([Math.max(time, solver.t * 0.999), value]);
    }
  }
  return { solver, between };
}

describe('the integrator', () => {
  it.each([1e-6, 1e-8, 1e-10])('keeps a rotation within its tolerance %d, also between steps', (rtol) => {
    const { solver, between } = solve([1, 0], ([x, y]) => [-y, x], 20, rtol);
    expect(Math.hypot(solver.y[0] - Math.cos(20), solver.y[1] - Math.sin(20))).toBeLessThan(300 * rtol);
    for (const [time, [x, y]] of between)
      expect(Math.hypot(x - Math.cos(time), y - Math.sin(time))).toBeLessThan(1000 * rtol);
  });

  it('follows a margin under natural gradient flow to t = 30', () => {
    const { solver } = solve([-2], ([m]) => [1 + Math.exp(-m)], 30, 1e-10);
    expect(Math.abs(solver.y[0] - Math.log((1 + Math.exp(-2)) * Math.exp(30) - 1))).toBeLessThan(1e-8);
  });

  it('takes ever longer steps in a logarithmic tail: t = 1e8 in hundreds of steps', () => {
    const { solver } = solve([0], ([m]) => [Math.exp(-m)], 1e8, 1e-9);
    expect(Math.abs(solver.y[0] - Math.log(1 + 1e8))).toBeLessThan(1e-6);
    expect(solver.steps).toBeLessThan(1000);
  });

  it('reaches every end, also where t + h would miss it by a rounding', () => {
    for (let until = 0.1; until < 40; until += 0.1) {
      expect(solve([1], () => [0], until, 1e-9).solver.t).toBe(until);
    }
  });

  it('ends where the solution ends', () => {
    // dy/dt = −1/(2y) from 1: y = √(1 − t), which ends at t = 1.
    const { solver } = solve([1], ([y]) => [-1 / (2 * y)], 2, 1e-9);
    expect(Math.abs(solver.t - 1)).toBeLessThan(1e-6);
    expect(solver.steps).toBeLessThan(2000);
  });
});
