import { describe, expect, it } from 'vitest';
import { logTicks } from '../../../webview/ticks.ts';

describe('logarithmic axes', () => {
  it('label whole decades, with an even stride where there are many', () => {
    expect(logTicks(1, 1000)).toEqual([1, 10, 100, 1000]);
    expect(logTicks(1e-12, 1)).toEqual([1e-12, 1e-10, 1e-8, 1e-6, 1e-4, 1e-2, 1]);
    expect(logTicks(1e-300, 1).length).toBeLessThanOrEqual(7);
  });

  it('label within a decade where there are few', () => {
    expect(logTicks(0.3, 0.7)).toEqual([0.3, 0.4, 0.5, 0.6, 0.7]);
    expect(logTicks(0.05, 2).length).toBeGreaterThanOrEqual(2);
    expect(logTicks(0, 1)).toEqual([]);
  });
});
