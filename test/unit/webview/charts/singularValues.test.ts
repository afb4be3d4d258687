import { expect, it } from 'vitest';
import { effectiveRank as rankOfLab, singularValues as valuesOfLab } from '../../../../extension/lab/metrics/norms.ts';
import { effectiveRank, singularValues } from '../../../../webview/charts/singularValues.ts';

const wave = (rows: number, columns: number) =>
  Float64Array.from({ length: rows * columns }, (_, i) => Math.sin(1 + i * i * 0.37));

it('singular values are those of the lab, for matrices of any shape', () => {
  for (const [rows, columns] of [
    [1, 1],
    [3, 3],
    [4, 7],
    [9, 2],
    [12, 12],
  ]) {
    const matrix = wave(rows, columns);
    const expected = valuesOfLab(matrix, [rows, columns]);
    const values = singularValues(matrix, rows, columns);
    expect(values).toHaveLength(Math.min(rows, columns));
    for (const [i, value] of values.entries()) expect(value).toBeCloseTo(expected[i], 10);
    expect(effectiveRank(values)).toBeCloseTo(rankOfLab(expected), 10);
  }
});

it('small ones are as accurate as large ones', () => {
  expect(singularValues([1, 0, 0, 1e-9], 2, 2)).toEqual([1, 1e-9]);
  expect(singularValues([0, 0, 0, 0], 2, 2)).toEqual([0, 0]);
  expect(effectiveRank([0, 0])).toBe(0);
});
