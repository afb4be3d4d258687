import { describe, expect, it } from 'vitest';
import { thin } from '../../../webview/thin.ts';

describe('thinning', () => {
  const x = Array.from({ length: 10_001 }, (_, i) => i);
  const y = x.map((at) => (at === 7777 ? 100 : Math.sin(at / 500)));

  it('keeps ends and spikes within the limit', () => {
    const kept = thin(x, y, 200);
    expect(kept.length).toBeLessThanOrEqual(202);
    expect(kept[0]).toBe(0);
    expect(kept[kept.length - 1]).toBe(10_000);
    expect(kept).toContain(7777);
    expect(kept).toEqual([...kept].sort((a, b) => a - b));
  });

  it('gives every decade of a logarithmic axis its share, and drops zero', () => {
    const kept = thin(x, y, 200, 'log');
    expect(kept[0]).toBe(1);
    const firstDecades = kept.filter((i) => x[i] <= 100).length;
    expect(firstDecades).toBeGreaterThan(kept.length * 0.3);
    expect(thin(x, y, 200).filter((i) => x[i] <= 100).length).toBeLessThan(8);
  });

  it('leaves short curves as they are', () => {
    expect(thin([1, 2, 3], [1, 1, 1], 10)).toEqual([0, 1, 2]);
  });
});
