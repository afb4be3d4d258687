import { expect, it } from 'vitest';
import { picturePlaces } from '../../../../webview/charts/smallMultiples.ts';

it('never lays tiles over each other or outside', () => {
  for (const [count, width] of [
    [1, 300],
    [5, 560],
    [5, 420],
    [7, 1100],
    [24, 500],
  ]) {
    const places = picturePlaces(count, { width, height: 330, columns: count, aspect: 1, head: 30, narrowest: 100 });
    expect(places).toHaveLength(count);
    for (const place of places) {
      expect(place.left + place.width).toBeLessThanOrEqual(width + 1e-9);
      expect(place.top + place.height).toBeLessThanOrEqual(330 + 1e-9);
      for (const other of places) {
        if (other === place) continue;
        const apart =
          other.left >= place.left + place.width ||
          place.left >= other.left + other.width ||
          other.top >= place.top + place.height ||
          place.top >= other.top + other.height;
        expect(apart).toBe(true);
      }
    }
  }
});
