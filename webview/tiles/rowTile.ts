import { type CellName, cellKey, cellName } from '../cells.ts';
import type { PlotContents } from '../charts/contents.ts';
import type { ChartInput } from '../charts/input.ts';
import type { TooltipRow } from '../charts/tooltip.ts';
import { createPlotTile, lightCells } from './plotTile.ts';
import type { TileContext } from './tile.ts';

/** Rows from which the tile is as high as two others. */
const TALL = 14;

/** A plot with one row for each cell, from the top: pointing at a row reads it and lights up its cell. */
export function createRowTile<Row>(
  name: string,
  title: string,
  context: TileContext,
  { cellOf, numbersOf }: { cellOf(row: Row): CellName; numbersOf(row: Row, input: ChartInput): TooltipRow[] },
) {
  const { interaction } = context;
  const tile = createPlotTile(name, title, context);
  const { plot, tooltip, card } = tile;
  let input: ChartInput | null = null;
  let rows: readonly Row[] = [];
  card.element.classList.add('rows');
  lightCells(tile, context);

  plot.onPointer((place) => {
    const row = place ? rows[Math.round(place.y)] : undefined;
    if (!place || row === undefined || !input) {
      tooltip.hide();
      if (interaction.lit.source === name) interaction.light({ cell: null, source: null });
      return;
    }
    const cell = cellOf(row);
    const { colour } = input.style(cell.parameterization, cell.optimizer);
    interaction.light({ cell: cellKey(cell), source: name });
    const [first, ...others] = numbersOf(row, input);
    tooltip.show(place.left, place.top, cellName(cell), first ? [{ ...first, colour }, ...others] : []);
  });

  return {
    ...tile,
    showRows(contents: PlotContents & { rows: readonly Row[] }, next: ChartInput): void {
      input = next;
      rows = contents.rows;
      card.element.style.setProperty('--rows', String(rows.length));
      card.element.classList.toggle('tall', rows.length > TALL);
      tile.show(contents, next);
    },
  };
}
