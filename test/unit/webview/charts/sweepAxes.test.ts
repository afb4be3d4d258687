import { describe, expect, it } from 'vitest';
import { axesOf, isGeometric, Points, placementOf } from '../../../../webview/charts/sweepAxes.ts';

const points = [0.01, 0.1, 1].flatMap((scale) =>
  [10, 20].flatMap((train) => ['a', 'b'].map((kind) => ({ scale, train, kind, fixed: 3 }))),
);

describe('the axes of a sweep', () => {
  it('are those with several values, in the order of the definition', () => {
    const axes = axesOf(points);
    expect(axes.map(({ name, values }) => [name, values])).toEqual([
      ['scale', [0.01, 0.1, 1]],
      ['train', [10, 20]],
      ['kind', ['a', 'b']],
    ]);
    expect(axesOf([])).toEqual([]);
  });

  it('are logarithmic where values grow by factors', () => {
    expect(isGeometric([0.01, 0.1, 1])).toBe(true);
    expect(isGeometric([1, 2, 4, 8])).toBe(true);
    expect(isGeometric([1, 2, 3, 4])).toBe(false);
    expect(isGeometric([10, 20])).toBe(false);
    expect(isGeometric([0, 0.1, 1])).toBe(false);
    expect(isGeometric(['a', 'b', 'c'])).toBe(false);
  });

  it('are drawn where the user wants them, the others where there is room', () => {
    const names = (wanted: string[]) => {
      const { across, up, rows, others } = placementOf(axesOf(points), wanted)!;
      return [across.name, up?.name, rows?.name, ...others.map(({ name }) => name)];
    };
    expect(names([])).toEqual(['scale', 'train', 'kind']);
    expect(names(['kind', 'unknown'])).toEqual(['kind', 'scale', 'train']);
    expect(placementOf([], [])).toBeNull();
  });

  it('lead from one point to another', () => {
    const known = new Points(points);
    const from = known.from(0, { scale: 1, kind: 'b' })!;
    expect(known.at(from)).toEqual({ scale: 1, train: 10, kind: 'b', fixed: 3 });
    expect(known.from(0, { scale: 7 })).toBeNull();
  });
});
