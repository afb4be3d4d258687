import type { CellErrors } from '../charts/errors.ts';
import { generalizationPlot, rowNumbers } from '../charts/generalizationPlot.ts';
import { createRowTile } from './rowTile.ts';
import type { Tile, TileContext } from './tile.ts';

/** Train and test error of each cell, and the gap between them as a bar. */
export function createGeneralization(context: TileContext): Tile {
  const tile = createRowTile<CellErrors>('generalization', 'Generalization', context, {
    cellOf: ({ cell }) => cell,
    numbersOf: rowNumbers,
  });
  return {
    element: tile.element,
    move() {},
    update(input) {
      tile.showRows(generalizationPlot(input), input);
    },
  };
}
