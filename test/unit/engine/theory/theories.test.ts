import { describe, expect, it } from 'vitest';
import type { PlannedRuns } from '../../../../extension/engine/evaluation/planned.ts';
import { Theories } from '../../../../extension/engine/theory/theories.ts';
import { readTextOnly } from '../../../../extension/lab/compiler/source/functionSource.ts';
import { linear, separable } from '../../../../extension/lab/index.ts';
import { buildPredictor } from '../../../../extension/lab/parameterizations/build.ts';
import type { Theory } from '../../../../extension/lab/results.ts';
import type { Sample, TrainedRun } from '../../../../extension/lab/run.ts';
import type { TheoryRequest } from '../../../../extension/lab/theory/theory.ts';

/** Two optimizers on data of the given size, for so many seeds. */
function planOf(dimension: number, seedCount: number): PlannedRuns {
  const problem = separable({ dimension, train: dimension });
  const program = buildPredictor(linear(), problem, readTextOnly);
  const seeds = Array.from({ length: seedCount }, (_, i) => i + 1);
  const runs = ['GD', 'NGD'].flatMap((optimizer, o) =>
    seeds.map((seed, s) => ({
      identity: { id: o * seedCount + s, point: null, parameterization: 'linear', optimizer, seed },
      ...{ problem, program, optimizer: { type: 'gd' } },
    })),
  );
  return { grid: { seeds, points: [] }, runs } as unknown as PlannedRuns;
}

const sample = (step: number, predictor: number[] | null) =>
  ({
    step,
    time: step / 10,
    predictor: predictor && Float64Array.from(predictor),
    outputs: new Float64Array(1),
  }) as Sample;
const result = (id: number, more: Partial<TrainedRun> = {}) =>
  ({ id, predictor: Float64Array.of(id + 1), train: { loss: 1, error: 1 }, test: null, ...more }) as TrainedRun;

function asking(plan: PlannedRuns) {
  const requests: TheoryRequest[] = [];
  const told: Theory[] = [];
  const ask = async (request: TheoryRequest): Promise<Theory> => {
    requests.push(request);
    if (request.seed === 99) throw new Error('no answer');
    return { point: request.point, seed: request.seed, targets: [], conditions: [], curves: [], comparisons: [] };
  };
  return { theories: new Theories(plan, ask, (theory) => told.push(theory)), requests, told };
}

describe('what theory is asked', () => {
  it('comes when all runs on the same data have ended, with their starts, ends and samples', async () => {
    const { theories, requests, told } = asking(planOf(4, 2));
    for (const id of [0, 1, 2, 3]) {
      theories.add(id, [sample(0, [0]), sample(1, null)]);
      theories.add(id, [sample(2, [5])]);
    }
    theories.end(2, result(2, { diverged: 2 }));
    expect(requests).toEqual([]);
    theories.end(0, result(0));
    theories.end(1, result(1));
    theories.end(3, null);
    await theories.settled();
    expect(requests.map(({ seed, isShown, runs }) => [seed, isShown, runs.map(({ run }) => run)])).toEqual([
      [1, true, [0, 2]],
      [2, false, [1]],
    ]);
    expect(requests[0].runs[0]).toMatchObject({
      start: Float64Array.of(0),
      end: Float64Array.of(1),
      step: Float64Array.of(0, 1, 2),
      time: Float64Array.of(0, 0.1, 0.2),
    });
    expect(requests[0].runs[1].end).toBeNull();
    expect(told.map(({ seed }) => seed)).toEqual([1, 2]);
    expect(theories.answers).toEqual(told);
  });

  it.each([
    ['small data, many seeds', 10, 40, 32],
    ['large data: what is solved in seconds', 300, 8, 3],
    ['the first data set whatever its size', 1000, 2, 1],
  ])('is bounded: %s', async (_, dimension, seeds, expected) => {
    const { theories, requests } = asking(planOf(dimension, seeds));
    for (let id = 0; id < 2 * seeds; id++) {
      theories.add(id, [sample(0, [0])]);
      theories.end(id, result(id));
    }
    await theories.settled();
    expect(requests.map(({ seed }) => seed)).toEqual(Array.from({ length: expected }, (_, i) => i + 1));
  });

  it('may have no answer, which is remembered', async () => {
    const plan = planOf(4, 1);
    for (const run of plan.runs) run.identity.seed = 99;
    plan.grid.seeds[0] = 99;
    const { theories, told } = asking(plan);
    for (const id of [0, 1]) {
      theories.add(id, [sample(0, [0])]);
      theories.end(id, result(id));
    }
    await theories.settled();
    expect(told).toEqual([]);
    expect(theories.failureReason).toBe('no answer');
  });
});
