import { expect, it } from 'vitest';
import type { Inspection, RunResult } from '../../../extension/lab/results.ts';
import { divergencesOf } from '../../../extension/report/divergedText.ts';

const run = (id: number, parameterization: string, diverged?: number) =>
  ({
    ...{ id, point: null, parameterization, optimizer: 'GD', seed: id + 1 },
    ...{ train: { loss: 1, error: 0 }, test: null },
    ...(diverged === undefined ? {} : { diverged }),
  }) as unknown as RunResult;

const runs = [run(0, 'a', 12), run(1, 'a'), run(2, 'b')];
const inspected = (name: string, stableRate: number | null) => ({
  name,
  mathematics: [],
  parameters: 2,
  jacobian: null,
  stableRate,
});

it('names cells, bounds and the rate that was tried', () => {
  const inspection: Inspection = {
    parameterizations: [inspected('a', 0.2512), inspected('b', null)],
    rates: [{ optimizer: 'GD', rate: 0.25 }],
  };
  expect(divergencesOf(runs, inspection)).toEqual([
    {
      optimizer: 'GD',
      text: "GD diverged with 'a' (1 of 2 runs, largest stable rate of gradient descent at the start 0.25). At rate 0.25 the first run of each was tried: none diverges.",
      fixes: [{ type: 'set', path: ['rate'], value: '0.25' }],
    },
  ]);
});

it('says what is known without it', () => {
  expect(divergencesOf(runs, null)).toEqual([
    { optimizer: 'GD', text: "GD diverged with 'a' (1 of 2 runs).", fixes: [] },
  ]);
  expect(divergencesOf([run(0, 'a')], null)).toEqual([]);
});
