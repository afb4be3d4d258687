/** A place on a path in pixels, and the direction of the path there. */
export interface Arrow {
  x: number;
  y: number;
  /** In radians, clockwise from the right, as on a screen. */
  angle: number;
}

/** A path is at least this long, in pixels, for an arrow head; a second and third follow at this distance. */
const SPACING = 70;
const MOST = 3;

/**
 * Where arrow heads stand on a path: evenly along its length, never at its ends.
 * @param places x and y of each point of the path, in pixels
 */
export function arrowPlaces(places: readonly number[]): Arrow[] {
  const count = places.length / 2;
  const along = new Float64Array(count);
  for (let i = 1; i < count; i++) {
    const [dx, dy] = [places[2 * i]! - places[2 * i - 2]!, places[2 * i + 1]! - places[2 * i - 1]!];
    along[i] = along[i - 1]! + Math.hypot(dx, dy);
  }
  const total = along[count - 1] ?? 0;
  if (!(total >= SPACING / 2)) return [];
  const heads = Math.max(1, Math.min(MOST, Math.floor(total / SPACING)));
  return Array.from({ length: heads }, (_, k) => arrowAt(places, along, (total * (k + 1)) / (heads + 1)));
}

function arrowAt(places: readonly number[], along: Float64Array, wanted: number): Arrow {
  const next = Math.max(
    1,
    along.findIndex((length) => length >= wanted),
  );
  const [x0, y0, x1, y1] = places.slice(2 * next - 2, 2 * next + 2) as [number, number, number, number];
  const [before, after] = [along[next - 1]!, along[next]!];
  const share = after > before ? (wanted - before) / (after - before) : 0;
  return { x: x0 + share * (x1 - x0), y: y0 + share * (y1 - y0), angle: Math.atan2(y1 - y0, x1 - x0) };
}
