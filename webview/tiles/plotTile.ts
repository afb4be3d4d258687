import { createCard } from '../card.ts';
import type { PlotContents } from '../charts/contents.ts';
import type { ChartInput } from '../charts/input.ts';
import { createTooltip } from '../charts/tooltip.ts';
import { isLit } from '../interaction.ts';
import { createPlot, drawLit, type Plot } from '../plot/plot.ts';
import { createTableView } from '../tableView.ts';
import { createCardTools } from './cardTools.ts';
import type { TileContext } from './tile.ts';

/** A card with a plot in it, or with the table of its numbers. */
export interface PlotTile {
  element: HTMLElement;
  card: ReturnType<typeof createCard>;
  plot: Plot;
  tooltip: ReturnType<typeof createTooltip>;
  show(contents: PlotContents, input: ChartInput): void;
}

export function createPlotTile(name: string, title: string, context: TileContext): PlotTile {
  const card = createCard(name, title);
  const tools = createCardTools(name, context);
  card.tools.append(...tools.elements);
  const plot = createPlot(card.body);
  const tooltip = createTooltip(card.body);
  const table = createTableView(`${title}: the numbers`);
  card.body.append(table.element);
  return {
    element: card.element,
    card,
    plot,
    tooltip,
    show({ spec, empty, subtitle, caption, spoken, table: numbers }, input) {
      const { preferences } = input;
      const isTable = preferences.tables.includes(name) && empty === null;
      tools.update(input);
      card.empty(empty);
      card.subtitle(subtitle);
      card.caption(empty === null ? caption : '');
      card.element.classList.toggle('wide', preferences.wide.includes(name));
      card.element.classList.toggle('as-table', isTable);
      table.element.hidden = !isTable;
      if (isTable) table.update(numbers);
      plot.canvas.setAttribute('aria-label', spoken);
      // The canvas has no size while a table stands in its place.
      if (empty === null && !isTable) plot.update(spec);
    },
  };
}

/** Lights up the marks of a cell in a plot whenever the page does. */
export function lightCells({ plot }: PlotTile, { interaction }: Pick<TileContext, 'interaction'>): void {
  interaction.subscribe((lit) => {
    const shown = isLit(lit);
    plot.overlay(
      shown === null
        ? null
        : (context, scales, area) => {
            if (plot.spec) drawLit(context, plot.spec, shown, scales, area);
          },
    );
  });
}
