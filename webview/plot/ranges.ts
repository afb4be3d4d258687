/** Minimum and maximum of an axis. */
export type Range = [number, number];

/** A part of a plane. */
export interface View {
  x: Range;
  y: Range;
}

/** The range of the finite values; null if there are none. */
export function rangeOf(values: Iterable<number>): Range | null {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? [min, max] : null;
}

/**
 * Adds margins to two ranges and widens one of them so that both axes have equal scales in an area of the given size:
 * distances on the screen are then distances in the plane.
 */
export function equalRanges(x: Range, y: Range, width: number, height: number, margin = 0.08): { x: Range; y: Range } {
  const span = ([min, max]: Range) => (max - min) * (1 + 2 * margin);
  const smallest = Math.max(Math.abs(x[0]), Math.abs(y[0]), 1) * 1e-9;
  const unit = Math.max(span(x) / width, span(y) / height, smallest / Math.min(width, height));
  const around = ([min, max]: Range, length: number): Range => [
    (min + max) / 2 - (unit * length) / 2,
    (min + max) / 2 + (unit * length) / 2,
  ];
  return { x: around(x, width), y: around(y, height) };
}
