import type { Comparison, Theory } from '../extension/lab/results.ts';
import { createCard } from './card.ts';
import type { Cell } from './cells.ts';
import type { View, ViewInput } from './charts/view.ts';
import { html } from './dom.ts';
import { number } from './format.ts';
import { type Spread, spread } from './statistics.ts';
import { swatch } from './swatch.ts';

/** One cell against everything that theory names. */
export interface TheoryRow {
  cell: Cell;
  /** By target, in the order of the columns; null where the cell has no such target. */
  values: (Spread | null)[];
  /** The column that the cell is nearest to; null where the numbers are not of one kind. */
  nearest: number | null;
}

export interface TheoryTable {
  targets: { name: string; isAngle: boolean; title: string }[];
  rows: TheoryRow[];
}

/** How far the cells are from what theory names, over their seeds. */
export function theoryTable(cells: readonly Cell[], theories: readonly Theory[]): TheoryTable {
  const byRun = new Map(theories.flatMap(({ comparisons }) => comparisons.map(({ run, to }) => [run, to] as const)));
  const meanings = new Map(
    theories.flatMap((theory) => theory.targets.map((one) => [one.name, `${one.meaning}\n${one.source}`] as const)),
  );
  const kinds = new Map<string, boolean>();
  for (const { runs } of cells) {
    for (const { id } of runs) {
      for (const [name, one] of Object.entries(byRun.get(id) ?? {})) kinds.set(name, 'angle' in one);
    }
  }
  const targets = [...kinds].map(([name, isAngle]) => ({ name, isAngle, title: meanings.get(name) ?? name }));
  const value = (one: Comparison | undefined) => (one ? ('angle' in one ? one.angle : one.distance) : null);
  const rows = cells.map((cell) => {
    const values = targets.map(({ name }) => spread(cell.runs.map(({ id }) => value(byRun.get(id)?.[name]))));
    const known = values.flatMap((at, column) => (at ? [{ column, mean: at.mean }] : []));
    const best = known.length > 1 ? known.reduce((a, b) => (b.mean < a.mean ? b : a)) : null;
    return { cell, values, nearest: best?.column ?? null };
  });
  return { targets, rows };
}

/** An angle in degrees or a relative distance, with its deviation over several seeds. */
export function comparisonText(at: Spread | null, isAngle: boolean): string {
  if (!at) return '–';
  if (!isAngle) return at.count > 1 ? `${number(at.mean, 2)} ± ${number(at.deviation, 1)}` : number(at.mean, 2);
  const degrees = (radians: number) => ((180 / Math.PI) * radians).toFixed(1);
  return at.count > 1 ? `${degrees(at.mean)}° ± ${degrees(at.deviation)}` : `${degrees(at.mean)}°`;
}

/** How far the end of each run is from what theory names. */
export function createTheory(): View {
  const card = createCard('theory', 'Theory');
  let shown = '';

  return {
    element: card.element,
    update({ cells, experiment, style, theme }: ViewInput) {
      const { targets, rows } = theoryTable(cells, experiment.theory);
      card.element.hidden = targets.length === 0;
      const text = JSON.stringify([targets, rows, theme.parameterizations]);
      if (targets.length === 0 || text === shown) return;
      shown = text;
      const head = html(
        'tr',
        {},
        html('th', { scope: 'col' }, 'run'),
        ...targets.map(({ name, title }) => html('th', { scope: 'col', title }, name)),
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
              `${cell.parameterization} · ${cell.optimizer}`,
            ),
          ),
          ...values.map((at, column) =>
            html('td', { class: column === nearest ? 'nearest' : null }, comparisonText(at, targets[column].isAngle)),
          ),
        ),
      );
      card.body.replaceChildren(html('table', {}, html('thead', {}, head), html('tbody', {}, ...body)));
      const angles = targets.some(({ isAngle }) => isAngle);
      const seeds = rows.some(({ values }) => values.some((at) => at !== null && at.count > 1));
      card.caption(
        `${angles ? 'Angle between the end of each run and the directions' : 'Distance of the end of each run from the points, relative to them,'} that theory names${seeds ? '; mean ± standard deviation over seeds' : ''}. Bold: the nearest. What each means stands in its column’s tooltip.`,
      );
    },
  };
}
