/** Position and size of a small picture, in pixels. */
export interface Place {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The place of a picture, with the width available to the title above it. */
export interface PicturePlace extends Place {
  slot: number;
}

/** Small pictures of one size, in rows. All lengths in pixels. */
export interface Arrangement {
  columns: number;
  rows: number;
  /** Size of a picture. */
  width: number;
  height: number;
  /** The width that a picture has with the title above it. */
  slot: number;
}

export interface Room {
  width: number;
  /** Height of the title above each picture. */
  head: number;
  gap: number;
  /** Width by height of a picture; null if it may have any. */
  aspect: number | null;
}

/** Pictures in a number of columns, each as wide as its column and at most so high. */
export function arrange(count: number, columns: number, tallest: number, { width, gap, aspect }: Room): Arrangement {
  const slot = Math.max(1, (width - gap * (columns - 1)) / columns);
  const height = aspect === null ? tallest : Math.min(tallest, slot / aspect);
  return { columns, rows: Math.ceil(count / columns), slot, height, width: aspect === null ? slot : height * aspect };
}

/** The height of all pictures with their titles. */
export const heightOf = ({ rows, height }: Arrangement, { head, gap }: Room): number =>
  rows * (head + height) + (rows - 1) * gap;

/**
 * The arrangement whose pictures are largest in the height at hand, among some numbers of columns; null if in none of
 * them a picture is as high as `least`.
 */
export function largest(
  count: number,
  choices: readonly number[],
  { least, most, height }: { least: number; most: number; height: number },
  room: Room,
): Arrangement | null {
  let best: { arrangement: Arrangement; area: number } | null = null;
  for (const columns of choices) {
    const rows = Math.ceil(count / columns);
    const tallest = (height - (rows - 1) * room.gap) / rows - room.head;
    const arrangement = arrange(count, columns, Math.min(most, tallest), room);
    // Plots of coefficients may be wide, but gain nothing beyond 3:1.
    const area = Math.min(arrangement.width, arrangement.height * 3) * Math.min(arrangement.height, arrangement.width);
    if (arrangement.height >= least && (!best || area > best.area)) best = { arrangement, area };
  }
  return best?.arrangement ?? null;
}

/** Where each picture of an arrangement is, row by row. */
export function picturePlaces(count: number, arrangement: Arrangement, { head, gap }: Room): PicturePlace[] {
  const { columns, slot, width, height } = arrangement;
  return Array.from({ length: count }, (_, i) => ({
    left: (i % columns) * (slot + gap),
    top: Math.floor(i / columns) * (height + head + gap) + head,
    ...{ width, height, slot },
  }));
}
