import { describe, expect, it } from 'vitest';
import { prepareRun } from '../../../../../extension/engine/gpu/batch/batchedRun.ts';
import { workOfRun } from '../../../../../extension/engine/gpu/costs/count.ts';
import { isRefusal } from '../../../../../extension/lab/compiler/backend.ts';
import {
  elementwise,
  factorization,
  gd,
  matrixCompletion,
  ngd,
  separable,
} from '../../../../../extension/lab/index.ts';
import type { RunPlan } from '../../../../../extension/lab/run.ts';
import { plansOf } from '../runs.ts';

function prepared(plan: RunPlan) {
  const run = prepareRun(0, plan);
  if (isRefusal(run)) throw new Error(run.refusal);
  return run;
}

describe('the work of a run', () => {
  it('is the operations of a step, and its launches', () => {
    const [plan] = plansOf({
      problem: matrixCompletion({ rows: 60, columns: 60, rank: 1, observed: 0.5 }),
      parameterization: factorization({ depth: 3 }),
      optimizer: gd({ rate: 0.1 }),
      steps: 4000,
    });
    const run = prepared(plan);
    const { step, gpuStep, launches, finish, steps } = workOfRun(run);
    // Two products forward and four backward of 60 × 60 matrices, some of them by observed entries alone.
    for (const { flops } of [step, gpuStep]) {
      expect(flops).toBeGreaterThan(4 * 2 * 60 ** 3);
      expect(flops).toBeLessThan(8 * 2 * 60 ** 3);
    }
    expect(launches).toBe(run.entry.batched.kernels.length);
    expect(launches).toBeGreaterThan(0);
    expect(finish).toEqual({ flops: 0, words: 0 });
    expect(steps).toBe(4000);
  });

  it('counts what is left to the CPU of a step in mixed precision', () => {
    const [plan] = plansOf({
      problem: separable({ dimension: 400, train: 300 }),
      parameterization: elementwise({ u: 0.01 }, ({ u }) => u + u * u * u),
      optimizer: ngd({ rate: 0.1 }),
      steps: 10,
    });
    const run = prepared(plan);
    const { flops } = workOfRun(run).finish;
    // The factorization, and some products and solutions.
    expect(flops).toBeGreaterThan(300 ** 3 / 3);
    expect(flops).toBeLessThan(2 * (300 ** 3 / 3));
    expect(run.portable.finishing.length).toBeGreaterThan(0);
    for (const { module, entry } of run.portable.finishing) expect(module.entry(entry)).toBeDefined();
  });
});
