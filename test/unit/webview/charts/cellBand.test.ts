import { describe, expect, it } from 'vitest';
import { cellsOf, type Known } from '../../../../extension/lab/results/index.ts';
import { cellCurves, divergedSeries, logRange, rangeWith } from '../../../../webview/charts/cellBand.ts';
import { batch, grid, result } from '../fixtures.ts';

describe('the curve of a cell', () => {
  const samples = new Map([
    [0, batch(0, [0, 1, 10], [4, 2, 0])],
    [1, batch(1, [0, 1, 10], [4, 6, 2])],
  ]);
  const known: Known = { results: new Map(), samples, isOver: false };
  const [cell] = cellsOf(grid.runs);
  const axes = { x: 'step', logX: false, logY: false } as const;

  it('is mean and band over step or time', () => {
    const { band } = cellCurves(cell, known, 'trainLoss', axes);
    expect(band).toMatchObject({ x: [0, 1, 10], mean: [4, 4, 1], low: [4, 2, 0], high: [4, 6, 2] });
    expect(cellCurves(cell, known, 'testLoss', { ...axes, x: 'time' }).band.x).toEqual([0, 0.1, 1]);
  });

  it('leaves out runs that diverged, which have curves of their own', () => {
    const results = new Map([0, 1].map((id) => [id, result(id, 1, 1, id === 1 ? { diverged: 10 } : {})]));
    expect(cellCurves(cell, { results, samples, isOver: true }, 'trainLoss', axes).band.mean).toEqual([4, 2, 0]);
    const lost = divergedSeries(cell, { results, samples, isOver: true }, 'trainLoss', axes);
    expect(lost.map(({ y }) => y)).toEqual([[4, 6, 2]]);
  });

  it('is of stopped runs where there are no others', () => {
    const stopped = { results: new Map(), samples, isOver: true };
    expect(cellCurves(cell, stopped, 'trainLoss', axes).band.mean).toEqual([4, 4, 1]);
    const results = new Map([[0, result(0, 1, 1)]]);
    expect(cellCurves(cell, { ...stopped, results }, 'trainLoss', axes).band.mean).toEqual([4, 2, 0]);
  });

  it('averages the seeds that ended, so that a seed that has just begun does not shorten the mean', () => {
    const growing = new Map(samples).set(1, batch(1, [0], [4]));
    const results = new Map([[0, result(0, 1, 1)]]);
    const { band, others } = cellCurves(cell, { results, samples: growing, isOver: false }, 'trainLoss', axes);
    expect(band).toMatchObject({ x: [0, 1, 10], mean: [4, 2, 0], count: 1 });
    expect(others).toEqual([{ x: [0], y: [4] }]);
  });

  it('has nothing on a logarithmic axis that is not positive', () => {
    const { band } = cellCurves(cell, known, 'trainLoss', { x: 'step', logX: true, logY: true });
    expect(band.x).toEqual([1, 10]);
    expect(Math.min(...band.low)).toBeGreaterThan(0);
  });
});

describe('the vertical axis', () => {
  it('has a margin if it is logarithmic, even over more decades than a number can span at once', () => {
    const band = (low: number, high: number) => ({ low: [low], high: [high] });
    const [min, max] = logRange([band(0.01, 1)])!;
    expect(min).toBeLessThan(0.01);
    expect(max).toBeGreaterThan(1);
    const wide = logRange([band(1e-300, 1e300)])!;
    expect(wide[0]).toBeGreaterThan(0);
    expect(wide[1]).toBeLessThan(Number.POSITIVE_INFINITY);
    expect(logRange([band(0, 0)])).toBeNull();
  });

  it('is not stretched by a curve that diverges', () => {
    const band = (...values: number[]) => {
      const x = values.map((_, i) => i);
      return { x, y: values, mean: values, low: values, high: values, count: 1, tails: [] };
    };
    const [fine, lost] = [band(1, 0.5, 0.1), band(1, 1e100, 1e300)];
    expect(rangeWith([fine], [lost], true)![1]).toBeLessThan(1e4);
    expect(rangeWith([fine], [lost], false)).toEqual([0, 1.05]);
    expect(rangeWith([fine], [], false)).toEqual([0, 1.05]);
    expect(rangeWith([band()], [lost], true)![1]).toBeLessThan(1e5);
    expect(rangeWith([band()], [lost], false)).toEqual([0, 1050]);
    expect(rangeWith([], [], false)).toBeNull();
  });
});
