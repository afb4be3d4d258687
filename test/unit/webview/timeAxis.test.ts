import { describe, expect, it } from 'vitest';
import { defaultPreferences } from '../../../webview/preferences.ts';
import { abscissaOf, placeText, timeAxisOf } from '../../../webview/timeAxis.ts';
import { chartInput } from './chartInput.ts';
import { batch, grid, result } from './fixtures.ts';

const flows = { ...grid, steps: null, optimizers: grid.optimizers.map((one) => ({ ...one, isFlow: true as const })) };

describe('the time axis', () => {
  it('is time where there are flows, otherwise steps, unless the user chose', () => {
    expect(abscissaOf(grid, null)).toBe('step');
    expect(abscissaOf(flows, null)).toBe('time');
    expect(abscissaOf(flows, 'step')).toBe('step');
  });

  it('is logarithmic for steps, and for times of very different lengths', () => {
    const samples = [batch(0, [0, 10, 100], [1, 1, 1]), batch(2, [0, 10, 90], [1, 1, 1])];
    expect(chartInput({ view: { samples } }).time).toMatchObject({ abscissa: 'step', isLog: true });
    expect(chartInput({ view: { samples }, grid: flows }).time.isLog).toBe(false);
    const long = [...samples, batch(4, [0, 1000], [1, 1])];
    expect(chartInput({ view: { samples: long }, grid: flows }).time.isLog).toBe(true);
    const chosen = { logX: { step: false, time: null } };
    expect(chartInput({ view: { samples }, preferences: chosen }).time.isLog).toBe(false);
  });

  it('is logarithmic where flows would not be seen beside the steps of another optimizer', () => {
    const mixed = {
      ...grid,
      optimizers: grid.optimizers.map((one, i) => (i === 0 ? { ...one, isFlow: true as const } : one)),
    };
    const isLog = (steps: number) => {
      const samples = [batch(0, [0, 10], [1, 1]), batch(2, [0, steps], [1, 1])];
      return chartInput({ view: { samples }, grid: mixed }).time.isLog;
    };
    expect(isLog(100)).toBe(false);
    expect(isLog(1000)).toBe(true);
  });

  it('stops at every sample of the runs that did not diverge', () => {
    const samples = [batch(0, [0, 1, 4], [1, 1, 1]), batch(1, [0, 2], [1, 1]), batch(2, [0, 99], [1, 1])];
    const runs = [result(2, 1, 1, { diverged: 99 })];
    expect(chartInput({ view: { samples, runs } }).time.stops).toEqual([0, 1, 2, 4]);
    const nothing = { samples: new Map(), runs: new Map() };
    expect(timeAxisOf(grid, nothing, [], defaultPreferences, null).stops).toEqual([]);
  });

  it('is told in words', () => {
    expect(placeText('step', 1240)).toBe('step 1\u202f240');
    expect(placeText('time', 6.4)).toBe('t = 6.4');
  });
});
