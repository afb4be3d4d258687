import { describe, expect, it } from 'vitest';
import { defaultPreferences, readPreferences } from '../../../webview/preferences.ts';

describe('preferences', () => {
  it('come back as they were kept', () => {
    const kept = {
      ...defaultPreferences,
      ...{ quantity: 'error' as const, x: 'time' as const, seed: 'all' as const, metric: 'test.error' },
      ...{ logX: { step: false, time: null }, hiddenOptimizers: ['GD'], point: 2, axes: ['scale'], wide: ['curves'] },
    };
    expect(readPreferences({ file: 'f', experiment: 'e', preferences: structuredClone(kept) })).toEqual(kept);
  });

  it('fall back field by field', () => {
    for (const broken of [
      undefined,
      null,
      4,
      { preferences: 'x' },
      { preferences: { point: -1, logX: true, logY: 3, hiddenOptimizers: [1], seed: 'one', x: 'epoch' } },
    ]) {
      expect(readPreferences(broken)).toEqual(defaultPreferences);
    }
  });
});
