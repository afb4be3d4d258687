import { type Spread, spreadText, type Target, theoryRows, unitOf } from '../../extension/lab/results/index.ts';
import { createCard } from '../card.ts';
import { cellName } from '../cells.ts';
import type { ChartInput } from '../charts/input.ts';
import { definedTerm } from '../definedTerm.ts';
import { html } from '../dom.ts';
import { typeset } from '../format.ts';
import { swatch } from '../swatch.ts';
import { createSaveTool } from './cardTools.ts';
import type { Tile, TileContext } from './tile.ts';

/** An angle in degrees, or a relative distance or residual, with its deviation over several seeds. */
export function comparisonText(at: Spread | null, target: Target): string {
  return typeset(spreadText(at, unitOf(target)));
}

/** How far the end of each run is from the predictions of theory. */
export function createTheory(context: TileContext): Tile {
  const card = createCard('theory', 'Theory');
  const file = createSaveTool('theory', context);
  card.tools.append(file.element);
  let shown = '';

  return {
    element: card.element,
    move() {},
    update(input: ChartInput) {
      const { cells, experiment, style, theme } = input;
      file.update(input);
      const { targets, rows } = theoryRows(cells, experiment.theory, experiment.runs);
      card.element.hidden = targets.length === 0;
      const text = JSON.stringify([targets, rows, theme.parameterizations]);
      if (targets.length === 0 || text === shown) return;
      shown = text;
      const head = html(
        'tr',
        {},
        html('th', { scope: 'col' }, 'run'),
        ...targets.map(({ name, meaning }) => html('th', { scope: 'col' }, definedTerm(name, meaning))),
      );
      const body = rows.map(({ cell, values, nearest }) =>
        html(
          'tr',
          {},
          html(
            'th',
            { scope: 'row' },
            html(
              'span',
              { class: 'theory-run' },
              swatch(style(cell.parameterization, cell.optimizer)),
              html('span', {}, cellName(cell)),
            ),
          ),
          ...targets.map((target, column) =>
            html(
              'td',
              { class: column === nearest ? 'nearest' : null, 'data-label': target.name },
              comparisonText(values[column] ?? null, target),
            ),
          ),
        ),
      );
      card.body.replaceChildren(html('table', {}, html('thead', {}, head), html('tbody', {}, ...body)));
      card.caption(
        captionText(targets, [...new Set(rows.flatMap(({ values }) => values.flatMap((at) => at?.n ?? [])))]),
      );
    },
  };
}

/** Explains the numbers. @param counts the numbers of seeds behind them */
export function captionText(targets: readonly Target[], counts: readonly number[]): string {
  const has = (kind: Target['kind']) => targets.some((target) => target.kind === kind);
  const several = counts.some((n) => n > 1);
  const over = counts.length === 1 ? `n = ${counts[0]} seeds` : 'the n seeds that finished';
  const parts = [
    ...(has('angle') ? ['angle between the end of each run and the direction predicted by theory'] : []),
    ...(has('distance')
      ? ['distance between the end of each run and the point predicted by theory, relative to that point']
      : []),
    ...(has('residual') ? ['residual at the end of the conditions predicted by theory, 0 if they are met'] : []),
    ...(several ? [`mean ± sample standard deviation over ${over}`] : []),
  ];
  const text = parts.join('; ');
  const bold = has('angle') || has('distance') ? ' Bold: the nearest.' : '';
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.${bold} The heads of the columns explain themselves, at the pointer and with the Tab key.`;
}
