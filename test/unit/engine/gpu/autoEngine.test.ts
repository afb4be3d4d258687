import { describe, expect, it } from 'vitest';
import { AutoEngine, type WorkCounter } from '../../../../extension/engine/gpu/autoEngine.ts';
import { PreparedRuns } from '../../../../extension/engine/gpu/preparedRuns.ts';
import {
  factorization,
  gd,
  gradientFlow,
  linear,
  matrixCompletion,
  ngd,
  separable,
} from '../../../../extension/lab/index.ts';
import type { RunPlan } from '../../../../extension/lab/run.ts';
import { table } from './costs/machine.ts';
import { plansOf } from './runs.ts';

/** Counts as the thread of the GPU does, and remembers what it was asked. */
class Counter implements WorkCounter {
  readonly counted: RunPlan[] = [];
  readonly released: RunPlan[] = [];
  private readonly prepared = new PreparedRuns();

  async count(plan: RunPlan) {
    this.counted.push(plan);
    const report = this.prepared.count(1, plan);
    if (report.type === 'counted') return report.work;
    return { refusal: report.type === 'uncountable' ? report.reason : '' };
  }

  release(plan: RunPlan): void {
    this.released.push(plan);
  }
}

const large = matrixCompletion({ rows: 60, columns: 60, rank: 1, observed: 0.5 });
const deep = plansOf({
  problem: large,
  parameterization: factorization({ depth: 3 }),
  optimizer: gd({ rate: 0.1 }),
  steps: 4000,
  seeds: Array.from({ length: 24 }, (_, i) => i + 1),
});

describe('the choice for the runs of a grid', () => {
  it('counts those that were asked for together, and the work of one of them', async () => {
    const counter = new Counter();
    const auto = new AutoEngine(counter, () => table);
    const many = await Promise.all(deep.map((plan) => auto.choose(plan, 2)));
    expect(new Set(many.map(({ engine }) => engine))).toEqual(new Set(['gpu']));
    expect(many[0].reason).toMatch(/^predicted: .* s on a GPU, .* s on the CPU$/);
    expect(counter.counted).toEqual([deep[0]]);
    // What will be trained on the GPU stays prepared there.
    expect(counter.released).toEqual([]);
    expect((await auto.choose(deep[0], 2)).engine).toBe('cpu');
    expect(counter.released).toEqual([deep[0]]);
  });

  it('leaves to the CPU what the GPU cannot do', async () => {
    const auto = new AutoEngine(new Counter(), () => table);
    const few = separable({ dimension: 5, train: 4 });
    const reasons = await Promise.all(
      [gradientFlow({ until: 1 }), ngd({ rate: 0.1, solver: 'iterative' })].map((optimizer) => {
        const [plan] = plansOf({ problem: few, parameterization: linear(), optimizer, steps: 10 });
        return auto.choose(plan, 1);
      }),
    );
    expect(reasons[0]).toEqual({ engine: 'cpu', reason: 'flows run on the CPU' });
    expect(reasons[1].reason).toMatch(/^natural gradients .* run on the CPU$/);
  });

  it('counts nothing where there is no GPU', async () => {
    const counter = new Counter();
    const { engine } = await new AutoEngine(counter, () => null).choose(deep[0], 2);
    expect(engine).toBe('cpu');
    expect(counter.counted).toEqual([]);
  });
});
