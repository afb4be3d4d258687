import type { ChartInput } from '../charts/input.ts';
import type { Tile } from './tile.ts';

/**
 * Draws the tiles. While runs grow, only those in sight are drawn again; the others catch up when they come into sight
 * or are printed, and when the runs have ended.
 */
export function createDrawing(tiles: readonly Tile[]) {
  const outOfSight = new Set<Element>();
  const behind = new Set<Tile>();
  let latest: ChartInput | null = null;

  function catchUp(tile: Tile): void {
    if (latest && behind.delete(tile)) tile.update(latest);
  }

  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) outOfSight.delete(target);
      else outOfSight.add(target);
    }
    for (const tile of tiles) if (!outOfSight.has(tile.element)) catchUp(tile);
  });
  for (const { element } of tiles) observer.observe(element);
  window.addEventListener('beforeprint', () => tiles.forEach(catchUp));

  return {
    /** @param isGrowing whether more is to come soon, and nobody waits for this drawing */
    draw(input: ChartInput, isGrowing: boolean): void {
      latest = input;
      for (const tile of tiles) {
        const { element } = tile;
        // A tile without contents is never in sight, and has to notice when it gets some.
        if (isGrowing && outOfSight.has(element) && !element.hidden) behind.add(tile);
        else {
          behind.delete(tile);
          tile.update(input);
        }
      }
    },
    /** Draws what depends on the slider. */
    move(input: ChartInput): void {
      latest = input;
      for (const tile of tiles) {
        const isBehind = behind.delete(tile);
        if (tile.move && !isBehind) tile.move(input);
        else tile.update(input);
      }
    },
  };
}
