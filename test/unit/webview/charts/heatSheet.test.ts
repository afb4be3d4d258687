import { describe, expect, it } from 'vitest';
import type { GridPlan } from '../../../../extension/report/grid.ts';
import { colourScale, layOutMaps, pointOf } from '../../../../webview/charts/heatSheet.ts';
import { sweepDataOf } from '../../../../webview/charts/sweepData.ts';
import { chartInput, theme } from '../chartInput.ts';
import { result, grid as small } from '../fixtures.ts';

const [scales, sizes, kinds] = [
  [0.01, 0.03, 0.1, 0.3, 1],
  [10, 20, 30, 50, 80],
  ['a', 'b', 'c', 'd'],
];
const points = scales.flatMap((scale) => sizes.flatMap((train) => kinds.map((kind) => ({ scale, train, kind }))));
const parameterizations = ['linear', 'square', 'cube', 'other'];
const grid: GridPlan = {
  ...small,
  parameterizations,
  points,
  seeds: [1],
  runs: points.flatMap((point, p) =>
    parameterizations.flatMap((parameterization, i) =>
      ['GD', 'NGD'].map((optimizer, o) => ({ id: 8 * p + 2 * i + o, point, parameterization, optimizer, seed: 1 })),
    ),
  ),
};
const runs = grid.runs.map((run, id) => ({ ...result(0, 0, (id % 97) / 100), ...run }));
const data = sweepDataOf(chartInput({ grid, view: { runs, status: 'finished' } }))!;
/** Measures texts as if all letters had the same width. */
const context = { font: '', measureText: (text: string) => ({ width: 6 * text.length }) } as CanvasRenderingContext2D;

describe('heat maps over three axes', () => {
  it.each([1400, 700, 340])('are all inside and apart, %i pixels wide', (width) => {
    const { maps, height } = layOutMaps(context, data, { width, theme });
    expect(maps).toHaveLength(8 * 4);
    for (const [i, { place }] of maps.entries()) {
      expect(place.left).toBeGreaterThanOrEqual(0);
      expect(place.left + place.width).toBeLessThanOrEqual(width + 0.5);
      expect(place.top + place.height).toBeLessThan(height);
      // A field is large enough to be seen and clicked.
      expect(place.width / 5).toBeGreaterThanOrEqual(9);
      expect(place.height / 5).toBeGreaterThanOrEqual(11);
      for (const { place: other } of maps.slice(0, i)) {
        const across = Math.min(place.left + place.width, other.left + other.width) - Math.max(place.left, other.left);
        const down = Math.min(place.top + place.height, other.top + other.height) - Math.max(place.top, other.top);
        expect(across <= 0.01 || down <= 0.01).toBe(true);
      }
    }
  });

  it('know which point each field stands for: values grow to the right and upwards', () => {
    const { maps } = layOutMaps(context, data, { width: 1400, theme });
    const second = maps.find(({ value }) => value === 'b')!;
    const at = (column: number, row: number) => data.points.at(pointOf(data, second, column, row)!);
    expect(at(0, 4)).toEqual({ scale: 0.01, train: 10, kind: 'b' });
    expect(at(4, 0)).toEqual({ scale: 1, train: 80, kind: 'b' });
  });

  it('have one scale of colours, with what is best bright', () => {
    const { range, colour } = colourScale(data);
    expect(range).toEqual([0, 0.96]);
    const brightness = (value: number) => colour(value).reduce((sum, channel) => sum + channel, 0);
    expect(brightness(0)).toBeGreaterThan(brightness(0.96));
  });
});
