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
  /** The column of the predictor that the cell is nearest to; null where there is only one. */
  nearest: number | null;
}

export interface TheoryTable {
  /** Directions by their angle, points by their distance, conditions by what is left of them. */
  targets: { name: string; isAngle: boolean; isResidual: boolean; title: string }[];
  rows: TheoryRow[];
}

/** How far the cells are from what theory names, over their seeds. */
export function theoryTable(cells: readonly Cell[], theories: readonly Theory[]): TheoryTable {
  const byRun = new Map(theories.flatMap(({ comparisons }) => comparisons.map(({ run, to }) => [run, to] as const)));
  const meanings = new Map(
    theories.flatMap(({ targets, conditions }) =>
      [...targets, ...conditions].map(({ name, meaning, source }) => [name, `${meaning}\n${source}`] as const),
    ),
  );
  const examples = new Map<string, Comparison>();
  for (const { runs } of cells) {
    for (const { id } of runs) {
      for (const [name, one] of Object.entries(byRun.get(id) ?? {})) examples.set(name, one);
    }
  }
  const targets = [...examples]
    .map(([name, one]) => ({
      name,
      isAngle: 'angle' in one,
      isResidual: 'residual' in one,
      title: meanings.get(name) ?? name,
    }))
    .sort((a, b) => Number(a.isResidual) - Number(b.isResidual));
  const rows = cells.map((cell) => {
    const values = targets.map(({ name }) => spread(cell.runs.map(({ id }) => amountOf(byRun.get(id)?.[name]))));
    const known = values.flatMap((at, column) =>
      at && !targets[column].isResidual ? [{ column, mean: at.mean }] : [],
    );
    const best = known.length > 1 ? known.reduce((a, b) => (b.mean < a.mean ? b : a)) : null;
    return { cell, values, nearest: best?.column ?? null };
  });
  return { targets, rows };
}

function amountOf(one: Comparison | undefined): number | null {
  if (!one) return null;
  return 'angle' in one ? one.angle : 'distance' in one ? one.distance : one.residual;
}

/** An angle in degrees, or a relative distance or residual, with its deviation over several seeds. */
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
      const seeds = rows.some(({ values }) => values.some((at) => at !== null && at.count > 1));
      card.caption(captionText(targets, seeds));
    },
  };
}

/** What the numbers are. @param seeds whether there are several */
export function captionText(targets: TheoryTable['targets'], seeds: boolean): string {
  const directions = targets.some(({ isAngle }) => isAngle);
  const points = targets.some(({ isAngle, isResidual }) => !isAngle && !isResidual);
  const conditions = targets.some(({ isResidual }) => isResidual);
  const parts = [
    ...(directions ? ['angle between the end of each run and the directions that theory names'] : []),
    ...(points ? ['distance of the end of each run from the points that theory names, relative to them'] : []),
    ...(conditions ? ['what is left at the end of the conditions that theory names, 0 where they hold'] : []),
    ...(seeds ? ['mean ± standard deviation over seeds'] : []),
  ];
  const text = parts.join('; ');
  const bold = directions || points ? ' Bold: the nearest.' : '';
  return `${text[0].toUpperCase()}${text.slice(1)}.${bold} What each means stands in its column’s tooltip.`;
}
