import { describe, expect, it } from 'vitest';
import {
  dataset,
  elementwise,
  factorization,
  gaussNewton,
  linear,
  matrixCompletion,
  naturalGradientFlow,
  ngd,
} from '../../../../../extension/lab/index.ts';
import { describeOptimizer } from '../../../../../extension/lab/optimizers/index.ts';
import { dampingAt } from '../../../../../extension/lab/training/natural/damping.ts';
import { required } from '../../../required.ts';
import { norm, sparseData, trained } from '../../trained.ts';

const narrow = dataset({ train: sparseData(11, 20, 40), loss: 'logistic' });
const wide = dataset({ train: sparseData(12, 80, 20), loss: 'logistic' });
const cube = elementwise({ u: 0.3, v: 0.2 }, ({ u, v }) => u * u * u - v);

describe('a schedule of damping', () => {
  it('goes from start to end by a constant factor, and stays there', () => {
    const bySteps = { start: 1, end: 1e-4, over: 4, unit: 'steps' } as const;
    const at = [0, 1, 2, 4, 9].map((step) => dampingAt(bySteps, { step, time: 0 }));
    for (const [i, exact] of [1, 0.1, 0.01, 1e-4, 1e-4].entries())
      expect(Math.abs(at[i] / exact - 1)).toBeLessThan(1e-14);
    const byTime = { start: 1e-3, end: 1, over: 6, unit: 'time' } as const;
    expect(dampingAt(byTime, { step: 100, time: 2 })).toBeCloseTo(1e-2, 14);
    expect(dampingAt(0.5, { step: 3, time: 3 })).toBe(0.5);
  });

  it('is said in the optimizer’s line', () => {
    expect(describeOptimizer(ngd({ rate: 0.1, damping: { start: 1, end: 0.001, steps: 50 } }))).toBe(
      'natural gradient descent · rate 0.1 · Fisher: train · damping 1 → 0.001 in 50 steps',
    );
    expect(
      describeOptimizer(
        naturalGradientFlow({ until: 3, damping: { start: 1, end: 0.1, time: 2 }, solver: 'iterative' }),
      ),
    ).toBe('natural gradient flow · to t = 3 · Fisher: train · damping 1 → 0.1 until t = 2 · solved iteratively');
  });

  it.each(['auto', 'samples', 'parameters', 'iterative'] as const)(
    'of one value is that value, whatever solves: %s',
    (solver) => {
      for (const problem of [narrow, wide]) {
        const run = (damping: number | { start: number; end: number; steps: number }) =>
          trained({ problem, parameterization: cube, optimizer: ngd({ rate: 0.05, damping, solver }), steps: 20 });
        const [constant, scheduled] = [run(0.01), run({ start: 0.01, end: 0.01, steps: 10 })];
        const [a, b] = [constant.predictor ?? new Float64Array(), scheduled.predictor ?? new Float64Array()];
        expect(norm(a.map((x, i) => x - b[i]))).toBeLessThan(1e-12 * norm(a));
      }
    },
  );

  it('counts each step once: one run is what single steps with its values are', () => {
    // Linear, square loss, population Fisher of completion: F = I/mn, so that entry by entry
    // r ← r − rate (r / |Ω|) / (1/mn + λ).
    const matrix = [
      [1, -2],
      [3, 0.5],
    ];
    const observed: [number, number][] = [
      [0, 0],
      [1, 0],
      [1, 1],
    ];
    for (const solver of ['auto', 'iterative', 'parameters'] as const) {
      const run = trained({
        problem: matrixCompletion({ matrix, observed }),
        parameterization: linear(),
        optimizer: ngd({ rate: 0.2, fisher: 'population', solver, damping: { start: 1, end: 0.01, steps: 10 } }),
        steps: 25,
      });
      let left = 1;
      for (let step = 0; step < 25; step++) left *= 1 - 0.2 / 3 / (1 / 4 + 0.01 ** Math.min(1, step / 10));
      for (const [i, j] of observed)
        expect(Math.abs(required(run.predictor?.[2 * i + j]) - matrix[i][j] * (1 - left))).toBeLessThan(1e-12);
    }
  });

  it('drives a flow by its time: the closed form for a completion', () => {
    // dr/dt = −(r / |Ω|) / (1/mn + λ(t)), λ = e^{−kt}: ∫ dt / (q + e^{−kt}) = log((q e^{kT} + 1) / (q + 1)) / (q k).
    const [q, end, duration] = [1 / 4, 1e-3, 3];
    const k = -Math.log(end) / duration;
    const integral = Math.log((q * Math.exp(k * 2) + 1) / (q + 1)) / (q * k);
    for (const solver of ['auto', 'iterative'] as const) {
      const run = trained({
        problem: matrixCompletion({
          matrix: [
            [1, -2],
            [3, 0.5],
          ],
          observed: [
            [0, 0],
            [1, 1],
          ],
        }),
        parameterization: factorization({ depth: 1, init: 'identity', scale: 0.1 }),
        optimizer: naturalGradientFlow({
          until: 2,
          fisher: 'population',
          solver,
          damping: { start: 1, end, time: duration },
        }),
      });
      expect(Math.abs(required(run.predictor?.[0]) - (1 - 0.9 * Math.exp(-integral / 2)))).toBeLessThan(1e-8);
      expect(Math.abs(required(run.predictor?.[3]) - (0.5 - 0.4 * Math.exp(-integral / 2)))).toBeLessThan(1e-8);
    }
  });

  it('agrees between the compiled step and the spaces solved with care', () => {
    const damping = { start: 1, end: 1e-3, time: 0.5 };
    const run = (solver: 'auto' | 'samples' | 'parameters' | 'iterative') =>
      trained({ problem: narrow, parameterization: cube, optimizer: ngd({ rate: 0.05, damping, solver }), steps: 30 })
        .predictor ?? new Float64Array();
    const reference = run('parameters');
    for (const solver of ['auto', 'samples', 'iterative'] as const)
      expect(norm(run(solver).map((x, i) => x - reference[i]))).toBeLessThan(1e-8 * norm(reference));
  });

  it.each<[string, () => unknown, string]>([
    [
      'a word',
      () => ngd({ rate: 1, damping: 'much' as never }),
      "must be a number of at least 0 or a schedule { start, end, 'steps' or 'time' }",
    ],
    ['a negative number', () => ngd({ rate: 1, damping: -1 }), 'it is -1'],
    ['no duration', () => ngd({ rate: 1, damping: { start: 1, end: 0.1 } as never }), "needs 'steps' or 'time'"],
    [
      'both',
      () => gaussNewton({ rate: 1, damping: { start: 1, end: 1, steps: 3, time: 1 } as never }),
      "has both 'steps' and 'time'",
    ],
    ['an end of 0', () => ngd({ rate: 1, damping: { start: 1, end: 0, steps: 3 } }), "'end' must be a number above 0"],
    [
      'half a step',
      () => ngd({ rate: 1, damping: { start: 1, end: 1, steps: 0.5 } }),
      "'steps' must be a whole number",
    ],
    [
      'a misspelling',
      () => ngd({ rate: 1, damping: { start: 1, stop: 1, steps: 3 } as never }),
      "has no option 'stop'",
    ],
    [
      'steps of a flow',
      () => naturalGradientFlow({ until: 1, damping: { start: 1, end: 1, steps: 3 } }),
      'but a flow has no steps',
    ],
    ['a tolerance of 1', () => ngd({ rate: 1, tolerance: 1 }), "'tolerance' must be a number above 0 and below 1"],
    ['no iterations', () => ngd({ rate: 1, iterations: 0 }), "'iterations' must be a whole number of at least 1"],
    ['a solver that is none', () => ngd({ rate: 1, solver: 'iteratve' as never }), "must be one of 'auto'"],
  ])('refuses %s', (_name, make, message) => {
    expect(make).toThrow(message);
  });
});
