/** One level of a surface. */
export interface Contour {
  level: number;
  /** x₁, y₁, x₂, y₂ of each piece. */
  segments: number[];
}

/** The corners between which each edge of a square lies, as offsets in x and y. */
const edges = [
  [0, 0, 1, 0],
  [1, 0, 1, 1],
  [1, 1, 0, 1],
  [0, 1, 0, 0],
] as const;

/** Which pairs of edges a level crosses, by the corners above it (bit k: corner k, counted around the square). */
const crossings: readonly (readonly number[])[] = [
  [],
  [3, 0],
  [0, 1],
  [3, 1],
  [1, 2],
  [3, 0, 1, 2],
  [0, 2],
  [3, 2],
  [2, 3],
  [2, 0],
  [0, 1, 2, 3],
  [2, 1],
  [1, 3],
  [1, 0],
  [0, 3],
  [],
];

/** Contours of a surface on a rectangular grid, by marching squares. @param values by row (y), then column (x) */
export function contoursOf(
  xs: readonly number[],
  ys: readonly number[],
  values: readonly (readonly number[])[],
  levels: readonly number[],
): Contour[] {
  return levels.map((level) => {
    const segments: number[] = [];
    for (let j = 0; j + 1 < ys.length; j++) {
      for (let i = 0; i + 1 < xs.length; i++) {
        const at = (dx: number, dy: number) => values[j + dy]![i + dx]!;
        const corners = [at(0, 0), at(1, 0), at(1, 1), at(0, 1)];
        if (!corners.every(Number.isFinite)) continue;
        const kind = corners.reduce((bits, value, k) => bits | (value > level ? 1 << k : 0), 0);
        for (const edge of crossings[kind]!) {
          const [ax, ay, bx, by] = edges[edge]!;
          const [a, b] = [at(ax, ay), at(bx, by)];
          const share = (level - a) / (b - a);
          segments.push(
            xs[i + ax]! + share * (xs[i + bx]! - xs[i + ax]!),
            ys[j + ay]! + share * (ys[j + by]! - ys[j + ay]!),
          );
        }
      }
    }
    return { level, segments };
  });
}
