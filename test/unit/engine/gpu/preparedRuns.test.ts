import { describe, expect, it } from 'vitest';
import { trainRuns } from '../../../../extension/engine/gpu/batch/trainRuns.ts';
import { PreparedRuns } from '../../../../extension/engine/gpu/preparedRuns.ts';
import { DevicePrograms } from '../../../../extension/lab/compiler/gpu/module.ts';
import { diagonal, gd, ngd, separable } from '../../../../extension/lab/index.ts';
import type { RunPlan, TrainedRun } from '../../../../extension/lab/run.ts';
import { failingDevice } from './failingDevice.ts';
import { alone, plansOf } from './runs.ts';

const problem = separable({ dimension: 5, train: 9 });
const [plan] = plansOf({ problem, parameterization: diagonal({ depth: 2 }), optimizer: gd({ rate: 0.1 }), steps: 12 });

describe('runs that were prepared to count their work', () => {
  it('are there until they are taken or released', () => {
    const prepared = new PreparedRuns();
    expect(prepared.count(1, plan)).toMatchObject({ type: 'counted', id: 1, work: { steps: 12 } });
    expect(prepared.count(2, plan).type).toBe('counted');
    expect(prepared.take(1, 7)).toMatchObject({ run: 7, plan });
    expect(prepared.take(1, 7)).toBe(null);
    prepared.release(2);
    expect(prepared.take(2, 0)).toBe(null);
  });

  it('are kept as far as memory allows', () => {
    const prepared = new PreparedRuns(1);
    expect(prepared.count(1, plan).type).toBe('counted');
    expect(prepared.take(1, 0)).toBe(null);
  });

  it('are not, where the GPU cannot train them or they fail', () => {
    const prepared = new PreparedRuns();
    const iterative = { ...plan, optimizer: ngd({ rate: 0.1, solver: 'iterative' }) } as RunPlan;
    expect(prepared.count(1, iterative)).toEqual({
      type: 'uncountable',
      id: 1,
      reason: 'natural gradients by conjugate gradients run on the CPU',
    });
    const broken = { ...plan, program: null } as unknown as RunPlan;
    expect(prepared.count(2, broken)).toMatchObject({ type: 'uncountable', reason: 'its work could not be counted' });
    expect([prepared.take(1, 0), prepared.take(2, 0)]).toEqual([null, null]);
  });

  it('are trained as they are, without being prepared again', async () => {
    const prepared = new PreparedRuns();
    prepared.count(1, plan);
    const run = prepared.take(1, 0);
    if (run === null) throw new Error('it was not kept');
    // Whoever prepared this plan anew would fail.
    const unpreparable = { ...plan, program: null } as unknown as RunPlan;
    const results: TrainedRun[] = [];
    for await (const report of trainRuns(
      [unpreparable],
      new DevicePrograms(failingDevice()),
      undefined,
      new Map([[0, run]]),
    )) {
      if (report && 'result' in report) results[report.run] = report.result;
    }
    expect(results[0].predictor).toEqual(alone(plan).result.predictor);
  });
});
