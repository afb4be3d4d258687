import { describe, expect, it } from 'vitest';
import { resultData } from '../../../../extension/editor/languageModel/resultData.ts';
import { type ExperimentView, idleRecord } from '../../../../extension/runs/record.ts';
import { FILE, grid, result } from '../../runs/events.ts';

const view = (changes: Partial<ExperimentView> = {}): ExperimentView => ({
  ...idleRecord(FILE, 'One').view,
  status: 'finished',
  grid: grid(),
  ...changes,
});

interface Told {
  cells: { parameterization: string; seeds: number; lost?: string; test: { error: unknown } }[];
  cellsLeftOut?: number;
}

describe('results for language models', () => {
  it('are means and deviations over the seeds, with what is lost', () => {
    const runs = [result(0, 0.25), result(1, 0.75), result(2, 0.5)];
    const { cells } = resultData(view({ runs }), 'a.lab.ts') as unknown as Told;
    const [first] = cells;
    expect(first).toMatchObject({ parameterization: runs[0]!.parameterization, test: { error: { mean: 0.5 } } });
    const broken = [runs[0]!, { ...runs[1]!, diverged: 3 }];
    expect((resultData(view({ runs: broken }), 'a.lab.ts') as unknown as Told).cells[0]).toMatchObject({
      seeds: 1,
      lost: '1 of 2 diverged',
    });
  });

  it('leave out cells without results, and beyond 200', () => {
    expect(resultData(view(), 'a.lab.ts')).toMatchObject({ cells: [], status: 'finished', experiment: 'One' });
    const many = grid();
    many.runs = Array.from({ length: 250 }, (_, id) => ({ ...many.runs[0]!, id, parameterization: `p${id}` }));
    const runs = many.runs.map(({ id, parameterization }) => ({ ...result(0, 0.5), id, parameterization }));
    const told = resultData(view({ grid: many, runs }), 'a.lab.ts') as unknown as Told;
    expect([told.cells.length, told.cellsLeftOut]).toEqual([200, 50]);
  });

  it('tell failures with their place, and that the text has changed', () => {
    const failure = { message: 'wrong', hint: null, line: 3, column: 4 } as ExperimentView['failure'];
    expect(resultData(view({ failure, stale: true }), 'a.lab.ts')).toMatchObject({
      failure: { message: 'wrong', line: 3, column: 4 },
      stale: expect.stringContaining('earlier version'),
    });
  });
});
