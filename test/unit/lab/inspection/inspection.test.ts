import { describe, expect, it } from 'vitest';
import { readTextOnly } from '../../../../extension/lab/compiler/source/functionSource.ts';
import { deepLinear, elementwise, gd, linear, ngd, regression } from '../../../../extension/lab/index.ts';
import { inspectionOf } from '../../../../extension/lab/inspection/inspection.ts';
import { rounded } from '../../../../extension/lab/inspection/workingRate.ts';
import type { AnyOptimizer } from '../../../../extension/lab/optimizers/index.ts';
import { buildPredictor } from '../../../../extension/lab/parameterizations/build.ts';
import type { Parameterization } from '../../../../extension/lab/parameterizations/parameterization.ts';
import { endingOf } from '../../../../extension/lab/results/index.ts';
import { type RunPlan, train } from '../../../../extension/lab/run.ts';

const problem = regression({ dimension: 5, train: 20, test: 0 });

function planOf(name: string, parameterization: Parameterization, optimizer: AnyOptimizer, steps = 300): RunPlan {
  const identity = { id: 0, point: null, parameterization: name, optimizer: 'o', seed: 1 };
  return { identity, problem, program: buildPredictor(parameterization, problem, readTextOnly), optimizer, steps };
}

function endOf(plan: RunPlan) {
  const run = train(plan);
  for (let next = run.next(); ; next = run.next()) if (next.done) return next.value;
}

describe('an inspection', () => {
  it('counts parameters, and ranks at the start and the end', () => {
    const half = elementwise({ u: [1, 1, 1, 0, 0], v: 0 }, ({ u, v }) => u * u - v * v);
    const plans = [planOf('half', half, gd({ rate: 0.05 })), planOf('linear', linear(), ngd({ rate: 0.1 }))];
    const runs = plans.map((plan) => ({ plan, end: endOf(plan).parameters }));
    const { parameterizations, rates } = inspectionOf({ runs, diverged: [] });
    expect(parameterizations).toMatchObject([
      { name: 'half', parameters: 10, jacobian: { of: 'predictor', rows: 5, start: 3 } },
      {
        name: 'linear',
        mathematics: ['w = θ', '∂w/∂θ = 1'],
        parameters: 5,
        jacobian: { start: 5, ends: [{ optimizer: 'o', rank: 5 }] },
      },
    ]);
    expect(rates).toEqual([]);
  });

  it('finds a rate with which runs that diverged end well', () => {
    const plans = [
      planOf('linear', linear(), gd({ rate: 40 })),
      planOf('deep', deepLinear({ depth: 3, scale: 1, init: 'identity' }), gd({ rate: 40 })),
    ];
    for (const plan of plans) expect(endingOf(endOf(plan))).toBe('diverged');
    const runs = plans.map((plan) => ({ plan, end: null }));
    const [found] = inspectionOf({ runs, diverged: plans }).rates;
    expect(found!.rate).toBeLessThan(40);
    for (const plan of plans) {
      const mended = endOf({ ...plan, optimizer: { ...plan.optimizer, rate: found!.rate } as typeof plan.optimizer });
      expect(endingOf(mended)).toBe('finished');
    }
  });
});

it.each([
  [0.2512, 0.25],
  [0.3, 0.3],
  [0.0019999, 0.0019],
  [123, 120],
  [7e-12, 7e-12],
])('%d has two digits as %d', (value, short) => {
  expect(rounded(value)).toBe(short);
});
