import { expect, it } from 'vitest';
import type { Theory } from '../../../extension/lab/results.ts';
import { comparisonText, theoryTable } from '../../../webview/theory.ts';
import { grid } from './fixtures.ts';

const target = { name: 'max L2 margin', kind: 'direction' as const, predictor: new Float64Array(2) };
const theory: Theory = {
  point: null,
  seed: 1,
  targets: [{ ...target, meaning: 'Something tends there.', source: 'Someone 2018' }],
  curves: [],
  comparisons: [
    { run: grid.runs[0].id, to: { 'max L2 margin': { angle: 0.1 }, 'max L1 margin': { angle: 0.5 } } },
    { run: grid.runs[1].id, to: { 'max L2 margin': { angle: 0.3 }, 'max L1 margin': { angle: 0.1 } } },
  ],
};
const cell = { parameterization: 'linear', optimizer: 'GD', runs: grid.runs.slice(0, 2) };

it('compares a cell with each target, over its seeds, and says to which it is nearest', () => {
  const { targets, rows } = theoryTable([cell], [theory]);
  expect(targets.map(({ name }) => name)).toEqual(['max L2 margin', 'max L1 margin']);
  expect(targets[0].title).toBe('Something tends there.\nSomeone 2018');
  const [{ values, nearest }] = rows;
  expect(values.map((at) => at?.mean)).toEqual([0.2, 0.3]);
  expect(nearest).toBe(0);
});

it('has nothing to say without theory', () => {
  expect(theoryTable([cell], []).targets).toEqual([]);
});

it('writes angles in degrees, distances as they are, and what is not there as a dash', () => {
  const at = (mean: number, deviation: number, count: number) => ({ mean, deviation, count, min: mean, max: mean });
  expect(comparisonText(at(Math.PI / 6, Math.PI / 180, 4), true)).toBe('30.0° ± 1.0');
  expect(comparisonText(at(Math.PI / 6, 0, 1), true)).toBe('30.0°');
  expect(comparisonText(at(0.5612, 0.05512, 4), false)).toBe('0.56 ± 0.06');
  expect(comparisonText(null, true)).toBe('–');
});
