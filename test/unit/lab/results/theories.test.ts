import { expect, it } from 'vitest';
import { theoryRows } from '../../../../extension/lab/results/index.ts';
import type { Theory } from '../../../../extension/lab/results.ts';
import { grid, result } from '../../webview/fixtures.ts';

const theoryTable = (cells: Parameters<typeof theoryRows>[0], theories: Theory[], results = new Map()) =>
  theoryRows(cells, theories, results);

const target = { name: 'max L2 margin', kind: 'direction' as const, predictor: new Float64Array(2) };
const compared: Theory = {
  point: null,
  seed: 1,
  targets: [{ ...target, meaning: 'Something tends there.', source: 'Someone 2018' }],
  conditions: [],
  curves: [],
  comparisons: [
    { run: grid.runs[0].id, to: { 'max L2 margin': { angle: 0.1 }, 'max L1 margin': { angle: 0.5 } } },
    { run: grid.runs[1].id, to: { 'max L2 margin': { angle: 0.3 }, 'max L1 margin': { angle: 0.1 } } },
  ],
};
const cell = { point: null, parameterization: 'linear', optimizer: 'GD', runs: grid.runs.slice(0, 2) };

it('compares a cell with each target, over its seeds, and says to which it is nearest', () => {
  const { targets, rows } = theoryTable([cell], [compared]);
  expect(targets.map(({ name }) => name)).toEqual(['max L2 margin', 'max L1 margin']);
  expect(targets[0].meaning).toBe('Something tends there.\nSomeone 2018');
  const [{ values, nearest }] = rows;
  expect(values.map((at) => at?.mean)).toEqual([0.2, 0.3]);
  expect(nearest).toBe(0);
});

it('has nothing to say without theory', () => {
  expect(theoryTable([cell], []).targets).toEqual([]);
});

it('leaves out runs that diverged', () => {
  const results = new Map([[grid.runs[1].id, result(1, 9, 9, { diverged: 4 })]]);
  const [{ values }] = theoryTable([cell], [compared], results).rows;
  expect(values.map((one) => [one?.mean, one?.n])).toEqual([
    [0.1, 1],
    [0.5, 1],
  ]);
});

it('has its columns in one order, whatever became known first', () => {
  const named = (...names: string[]) => names.map((name) => ({ ...compared.targets[0], name }));
  const to = (...names: string[]) => Object.fromEntries(names.map((name) => [name, { angle: 0.1 }]));
  const problem = { ...compared, targets: named('b', 'a', 'c'), comparisons: [{ run: 0, to: to('c', 'a') }] };
  const ofRun = { ...compared, targets: named('d'), comparisons: [{ run: 1, to: to('d', 'b') }] };
  const order = (theories: Theory[]) => theoryTable([cell], theories).targets.map(({ name }) => name);
  expect(order([problem, ofRun])).toEqual(['b', 'd', 'a', 'c']);
  expect(order([ofRun, problem])).toEqual(['b', 'd', 'a', 'c']);
});
