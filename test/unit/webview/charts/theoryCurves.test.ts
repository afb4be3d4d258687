import { describe, expect, it } from 'vitest';
import { theoriesNamed } from '../../../../webview/charts/theoryCurves.ts';

describe('curves of theory', () => {
  it('are named once each in the caption', () => {
    const labels = ['linear · GD, train', undefined, 'theory: a, train', 'theory: b, train', 'theory: a, train'];
    expect(theoriesNamed(labels)).toBe('a, b');
    expect(theoriesNamed(['linear · GD, train'])).toBe('');
  });
});
