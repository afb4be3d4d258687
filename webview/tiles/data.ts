import { dataPlot } from '../charts/dataPlot.ts';
import type { ChartInput } from '../charts/input.ts';
import { number } from '../format.ts';
import { readingsAt } from '../plot/readings.ts';
import { createPlotTile, lightCells } from './plotTile.ts';
import type { Tile, TileContext } from './tile.ts';

/** The data themselves, where they have one dimension, or two and classes, with what the models make of them. */
export function createData(context: TileContext): Tile {
  const tile = createPlotTile('data', 'Data', context);
  const { plot, tooltip } = tile;
  lightCells(tile, context);
  plot.onPointer((place) => {
    const values = place && plot.spec ? readingsAt(plot.spec.marks, place.x) : [];
    if (!place || values.length === 0) tooltip.hide();
    else
      tooltip.show(
        place.left,
        place.top,
        `x = ${number(place.x)}`,
        values.map(({ name, text, line }) => ({ colour: line.colour, text: name, value: text })),
      );
  });
  function update(input: ChartInput): void {
    const contents = dataPlot(input);
    tile.element.hidden = contents === null;
    if (contents) tile.show(contents, input);
  }
  return { element: tile.element, update, move: update };
}
