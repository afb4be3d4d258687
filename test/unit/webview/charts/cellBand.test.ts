import { describe, expect, it } from 'vitest';
import { cellsOf, type Known } from '../../../../extension/lab/results/index.ts';
import { cellBand, divergedBands, logRange, rangeWith } from '../../../../webview/charts/cellBand.ts';
import { batch, grid, result } from '../fixtures.ts';

describe('the curve of a cell', () => {
  const samples = new Map([
    [0, batch(0, [0, 1, 10], [4, 2, 0])],
    [1, batch(1, [0, 1, 10], [4, 6, 2])],
  ]);
  const known: Known = { results: new Map(), samples, isOver: false };
  const [cell] = cellsOf(grid.runs);

  it('is mean and band over step or time', () => {
    const band = cellBand(cell, known, 'trainLoss', { x: 'step', logX: false, logY: false });
    expect(band).toMatchObject({ x: [0, 1, 10], mean: [4, 4, 1], low: [4, 2, 0], high: [4, 6, 2] });
    expect(cellBand(cell, known, 'testLoss', { x: 'time', logX: false, logY: false }).x).toEqual([0, 0.1, 1]);
  });

  it('leaves out runs that diverged, which have curves of their own', () => {
    const results = new Map([0, 1].map((id) => [id, result(id, 1, 1, id === 1 ? { diverged: 10 } : {})]));
    const axes = { x: 'step', logX: false, logY: false } as const;
    expect(cellBand(cell, { results, samples, isOver: true }, 'trainLoss', axes).mean).toEqual([4, 2, 0]);
    const lost = divergedBands(cell, { results, samples, isOver: true }, 'trainLoss', axes);
    expect(lost.map(({ mean }) => mean)).toEqual([[4, 6, 2]]);
  });

  it('is of stopped runs where there are no others', () => {
    const axes = { x: 'step', logX: false, logY: false } as const;
    const stopped = { results: new Map(), samples, isOver: true };
    expect(cellBand(cell, stopped, 'trainLoss', axes).mean).toEqual([4, 4, 1]);
    const results = new Map([[0, result(0, 1, 1)]]);
    expect(cellBand(cell, { ...stopped, results }, 'trainLoss', axes).mean).toEqual([4, 2, 0]);
  });

  it('has nothing on a logarithmic axis that is not positive', () => {
    const band = cellBand(cell, known, 'trainLoss', { x: 'step', logX: true, logY: true });
    expect(band.x).toEqual([1, 10]);
    expect(Math.min(...band.low)).toBeGreaterThan(0);
  });
});

describe('logarithmic axes', () => {
  it('have a margin, even over more decades than a number can span at once', () => {
    const band = (low: number, high: number) => ({ x: [1], mean: [high], low: [low], high: [high], count: [1] });
    const [min, max] = logRange([band(0.01, 1)])!;
    expect(min).toBeLessThan(0.01);
    expect(max).toBeGreaterThan(1);
    const wide = logRange([band(1e-300, 1e300)])!;
    expect(wide[0]).toBeGreaterThan(0);
    expect(wide[1]).toBeLessThan(Number.POSITIVE_INFINITY);
    expect(logRange([band(0, 0)])).toBeNull();
  });

  it('are not stretched by a curve that diverges', () => {
    const band = (...values: number[]) => {
      return { x: values.map((_, i) => i), mean: values, low: values, high: values, count: values.map(() => 1) };
    };
    const [fine, lost] = [band(1, 0.5, 0.1), band(1, 1e100, 1e300)];
    expect(rangeWith([fine], [lost], true).max).toBeLessThan(1e4);
    expect(rangeWith([fine], [lost], false)).toEqual({ max: 1.05 });
    expect(rangeWith([fine], [], false)).toEqual({});
    expect(rangeWith([band()], [lost], true).max).toBeLessThan(1e5);
    expect(rangeWith([band()], [lost], false)).toEqual({ max: 1050 });
  });
});
