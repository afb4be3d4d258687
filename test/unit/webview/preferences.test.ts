import { describe, expect, it } from 'vitest';
import { defaultPreferences, readPreferences } from '../../../webview/preferences.ts';

describe('preferences', () => {
  it('come back as they were kept', () => {
    const kept = { ...defaultPreferences, quantity: 'error' as const, logX: false, hiddenOptimizers: ['GD'], point: 2 };
    expect(readPreferences({ file: 'f', experiment: 'e', preferences: structuredClone(kept) })).toEqual(kept);
  });

  it('fall back field by field', () => {
    for (const broken of [
      undefined,
      null,
      4,
      { preferences: 'x' },
      { preferences: { point: -1, logY: 3, hiddenOptimizers: [1] } },
    ]) {
      expect(readPreferences(broken)).toEqual(defaultPreferences);
    }
  });
});
