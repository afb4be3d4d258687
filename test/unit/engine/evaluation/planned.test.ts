import { expect, it } from 'vitest';
import { withRuns } from '../../../../extension/engine/evaluation/planned.ts';
import type { Planned, PlannedCell } from '../../../../extension/evaluator/protocol.ts';

const cell = (point: PlannedCell['point'], optimizer: string, space: PlannedCell['space']) =>
  ({ point, parameterization: 'a', optimizer, problem: {}, program: {}, settings: {}, steps: 7, space }) as PlannedCell;

it('gives each cell its runs, one for each seed, under consecutive ids', () => {
  const cells = [cell({ rate: 1 }, 'g', 'predictors'), cell({ rate: 2 }, 'h', 'training outputs')];
  const planned = {
    plan: { grid: { experiment: 'x', seeds: [5, 3] }, cells, pictureSpace: 'predictors', pathBytes: 1 },
    dependencies: { data: [], volatile: [] },
  } as unknown as Planned;
  const { plan, dependencies } = withRuns(planned);
  expect(plan.grid.runs).toEqual([
    { id: 0, point: { rate: 1 }, parameterization: 'a', optimizer: 'g', seed: 5 },
    { id: 1, point: { rate: 1 }, parameterization: 'a', optimizer: 'g', seed: 3 },
    { id: 2, point: { rate: 2 }, parameterization: 'a', optimizer: 'h', seed: 5 },
    { id: 3, point: { rate: 2 }, parameterization: 'a', optimizer: 'h', seed: 3 },
  ]);
  expect(plan.runs.map(({ identity }) => identity)).toEqual(plan.grid.runs);
  expect(plan.runs.map(({ isRepeated }) => isRepeated)).toEqual([true, false, true, false]);
  // Runs of a cell share what they have in common, so that it is encoded and sent once.
  expect(plan.runs[1]!.problem).toBe(cells[0]!.problem);
  expect(plan.runs[3]!.optimizer).toBe(cells[1]!.settings);
  expect(plan.spaces).toEqual(['predictors', 'predictors', 'training outputs', 'training outputs']);
  expect(dependencies).toBe(planned.dependencies);
});
