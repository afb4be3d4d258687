import { describe, expect, it } from 'vitest';
import { divergingColour } from '../../../../webview/charts/diverging.ts';

describe('the diverging scale', () => {
  it('is blue below zero, orange above, and ends at its ends', () => {
    for (const background of ['light', 'dark'] as const) {
      const [red, , blue] = divergingColour(-0.5, background);
      expect(blue).toBeGreaterThan(red);
      const above = divergingColour(0.5, background);
      expect(above[0]).toBeGreaterThan(above[2]);
      expect(divergingColour(9, background)).toEqual(divergingColour(1, background));
      expect(divergingColour(-9, background)).toEqual(divergingColour(-1, background));
    }
  });
});
