/** The hover of an experiment or a parameterization. */
import {
  cellsOf,
  countedText,
  describePoint,
  reached,
  spreadOf,
  spreadText,
  tallyIn,
  tallyText,
  type Unit,
} from '../lab/results/index.ts';
import { shownName } from '../report/shownName.ts';
import type { ExperimentView } from '../runs/record.ts';
import { CURVE_LENGTH, knownOf, measureOf } from './cells.ts';
import { escaped } from './escaped.ts';

/** Rows that fit into a hover. */
const MOST_ROWS = 24;

/**
 * Markdown; null where there is nothing to say.
 * @param parameterization null for all of them
 * @param mathematics what stands above the results, in Markdown
 */
export function hoverText(view: ExperimentView, parameterization: string | null, mathematics = ''): string | null {
  const results = resultsText(view, parameterization);
  return [mathematics, results].filter((part) => part !== '').join('\n\n') || null;
}

/** A table; empty where there are no results. */
function resultsText(view: ExperimentView, parameterization: string | null): string {
  const measure = measureOf(view);
  if (!view.grid || !measure || view.runs.length === 0) return '';
  const known = knownOf(view);
  const cells = cellsOf(view.grid.runs).filter(
    (cell) =>
      (parameterization === null || cell.parameterization === parameterization) &&
      cell.runs.some(({ id }) => known.results.has(id)),
  );
  if (cells.length === 0) return '';
  const isSwept = view.grid.points.length > 0;
  const error = measure.unit === 'share' ? 'error' : 'RMSE';
  const header = [
    ...['', '', ...(isSwept ? ['at'] : [])],
    ...[`train ${error}`, `test ${error}`, 'gap', 'train loss', 'seeds'],
  ];
  const rows = cells.slice(0, MOST_ROWS).map((cell) => {
    const of = (part: 'train' | 'test' | 'gap', quantity: 'error' | 'loss', unit: Unit) =>
      spreadText(spreadOf(reached(cell.runs, known, { part, of: quantity })), unit);
    const tally = tallyIn(cell.runs, known);
    const lost = tallyText(tally);
    const fields = [
      `**${escaped(shownName(cell.parameterization))}**`,
      escaped(shownName(cell.optimizer)),
      ...(isSwept ? [escaped(describePoint(cell.point))] : []),
      of('train', 'error', measure.unit),
      of('test', 'error', measure.unit),
      of('gap', 'error', measure.unit),
      of('train', 'loss', 'number'),
      `${countedText(tally) || tally.counted}${lost ? ` (${lost})` : ''}`,
    ];
    return `| ${fields.join(' | ')} |`;
  });
  const align = header.map((_, i) => (i < (isSwept ? 3 : 2) ? ':--' : '--:'));
  const lines = [`| ${header.join(' | ')} |`, `| ${align.join(' | ')} |`, ...rows];
  const more = cells.length > MOST_ROWS ? `\n\n… and ${cells.length - MOST_ROWS} more.` : '';
  const several = cells.some((cell) => cell.runs.length > 1);
  const notes = [
    ...(several ? ['Mean ± sample standard deviation (n − 1) over the seeds.'] : []),
    ...(parameterization === null
      ? []
      : [
          `Bars: the mean ${measure.name} at ${CURVE_LENGTH} moments from start to end, from 0 (▁) to the largest (█).`,
        ]),
  ];
  const read = notes.length > 0 ? `\n\n${notes.join(' ')}` : '';
  const sentence = parameterization === null && view.summary ? `${escaped(view.summary.sentence)}\n\n` : '';
  const stale = view.stale ? '\n\n_These results belong to an earlier version of the text._' : '';
  return `${sentence}${lines.join('\n')}${more}${read}${stale}`;
}
