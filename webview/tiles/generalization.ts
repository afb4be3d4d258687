import { cellKey, cellName } from '../cells.ts';
import { type GeneralizationPlot, generalizationPlot, rowNumbers } from '../charts/generalizationPlot.ts';
import type { ChartInput } from '../charts/input.ts';
import { createPlotTile, lightCells } from './plotTile.ts';
import type { Tile, TileContext } from './tile.ts';

/** Rows from which the tile is as high as two others. */
const TALL = 14;

/** Train and test error of each cell, and the gap between them as a bar. */
export function createGeneralization(context: TileContext): Tile {
  const { interaction } = context;
  const tile = createPlotTile('generalization', 'Generalization', context);
  const { plot, tooltip, card } = tile;
  let input: ChartInput | null = null;
  let drawn: GeneralizationPlot | null = null;
  lightCells(tile, context);

  plot.onPointer((place) => {
    const row = place && drawn?.rows[Math.round(place.y)];
    if (!row || !input) {
      tooltip.hide();
      if (interaction.lit.source === 'generalization') interaction.light({ cell: null, source: null });
      return;
    }
    const { colour } = input.style(row.cell.parameterization, row.cell.optimizer);
    interaction.light({ cell: cellKey(row.cell), source: 'generalization' });
    const [first, ...others] = rowNumbers(row, input);
    tooltip.show(place.left, place.top, cellName(row.cell), first ? [{ ...first, colour }, ...others] : []);
  });

  return {
    element: tile.element,
    move() {},
    update(next) {
      input = next;
      drawn = generalizationPlot(next);
      const { length } = drawn.rows;
      card.element.style.setProperty('--rows', String(length));
      card.element.classList.toggle('tall', length > TALL);
      tile.show(drawn, next);
    },
  };
}
