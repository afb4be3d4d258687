import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrange, heightOf, largest, picturePlaces } from '../../../../webview/charts/smallMultiples.ts';

const rooms = fc.record({
  width: fc.integer({ min: 200, max: 1600 }),
  head: fc.integer({ min: 0, max: 60 }),
  gap: fc.integer({ min: 0, max: 20 }),
  aspect: fc.option(fc.double({ min: 0.2, max: 5, noNaN: true }), { nil: null }),
});
const counts = fc.integer({ min: 1, max: 24 });

describe('small pictures', () => {
  it('never lie over each other or outside', () => {
    fc.assert(
      fc.property(counts, counts, rooms, (count, columns, room) => {
        const arrangement = arrange(count, columns, 120, room);
        const places = picturePlaces(count, arrangement, room);
        expect(places).toHaveLength(count);
        for (const place of places) {
          expect(place.left + place.width).toBeLessThanOrEqual(Math.max(room.width, columns * (1 + room.gap)) + 1e-6);
          expect(place.top + place.height).toBeLessThanOrEqual(heightOf(arrangement, room) + 1e-6);
          if (room.aspect !== null) expect(place.width / place.height).toBeCloseTo(room.aspect);
          for (const other of places) {
            if (other === place) continue;
            const isApart =
              other.left >= place.left + place.width - 1e-6 ||
              place.left >= other.left + other.width - 1e-6 ||
              other.top >= place.top + place.height - 1e-6 ||
              place.top >= other.top + other.height - 1e-6;
            expect(isApart).toBe(true);
          }
        }
      }),
    );
  });

  it('are as large as the height at hand allows', () => {
    const room = { width: 900, head: 40, gap: 14, aspect: null };
    // In one row they could only become taller than 3:1; in two rows they fill the height.
    const found = largest(4, [4, 2, 1], { least: 46, most: 220, height: 500 }, room);
    expect(found).toMatchObject({ columns: 2, height: (500 - 14) / 2 - 40 });
    expect(largest(4, [4], { least: 46, most: 220, height: 80 }, room)).toBeNull();
  });

  it('fit into the height they were chosen for', () => {
    fc.assert(
      fc.property(counts, rooms, fc.integer({ min: 100, max: 900 }), (count, room, height) => {
        const choices = Array.from({ length: count }, (_, i) => i + 1);
        const found = largest(count, choices, { least: 20, most: 300, height }, room);
        if (found) expect(heightOf(found, room)).toBeLessThanOrEqual(height + 1e-6);
      }),
    );
  });
});
