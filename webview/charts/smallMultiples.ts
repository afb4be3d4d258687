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

/**
 * Lays out small pictures of equal size in rows, with the number of columns that makes them largest, at most `columns`.
 * Cells of one parameterization are then below each other if there is room. `narrowest` leaves room for titles.
 */
export function picturePlaces(
  count: number,
  {
    width,
    height,
    columns,
    aspect,
    head,
    gap = 10,
    narrowest = 20,
  }: {
    width: number;
    height: number;
    columns: number;
    aspect: number | null;
    head: number;
    gap?: number;
    narrowest?: number;
  },
): PicturePlace[] {
  let best: { columns: number; width: number; height: number; area: number } | null = null;
  for (let tried = 1; tried <= Math.min(count, columns); tried++) {
    const rows = Math.ceil(count / tried);
    let tileWidth = (width - gap * (tried - 1)) / tried;
    let tileHeight = (height - gap * (rows - 1)) / rows - head;
    if ((tileWidth < narrowest && tried > 1) || tileHeight < 12) continue;
    if (aspect !== null) {
      tileWidth = Math.min(tileWidth, tileHeight * aspect);
      tileHeight = tileWidth / aspect;
    }
    // Plots of coefficients may be wide, but gain nothing beyond 3:1.
    const area =
      aspect === null ? Math.min(tileWidth, tileHeight * 3) * Math.min(tileHeight, tileWidth) : tileWidth * tileHeight;
    if (!best || area > best.area) best = { columns: tried, width: tileWidth, height: tileHeight, area };
  }
  const {
    columns: across,
    width: tileWidth,
    height: tileHeight,
  } = best ?? {
    columns: 1,
    width: Math.max(1, width),
    height: Math.max(1, height / count - head),
  };
  const slot = (width - gap * (across - 1)) / across;
  return Array.from({ length: count }, (_, i) => ({
    left: (i % across) * (slot + gap),
    top: Math.floor(i / across) * (tileHeight + head + gap) + head,
    width: tileWidth,
    height: tileHeight,
    slot,
  }));
}
