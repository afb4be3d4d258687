import type { ChartInput } from '../charts/input.ts';
import { type MarginRow, marginNumbers, marginPlot } from '../charts/marginPlot.ts';
import { createRowTile } from './rowTile.ts';
import type { Tile, TileContext } from './tile.ts';

/** The margins of the training examples, where labels are classes. */
export function createMargins(context: TileContext): Tile {
  const tile = createRowTile<MarginRow>('margins', 'Margins', context, {
    cellOf: ({ cell }) => cell,
    numbersOf: marginNumbers,
  });
  function update(input: ChartInput): void {
    tile.element.hidden = input.grid.problem.loss !== 'logistic';
    if (!tile.element.hidden) tile.showRows(marginPlot(input), input);
  }
  return { element: tile.element, update, move: update };
}
