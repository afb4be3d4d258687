/** The table in the hover of an experiment or a parameterization. */
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
import { knownOf, measureOf } from './cells.ts';
import { escaped } from './escaped.ts';
import { mathematicsText } from './mathematicsText.ts';

/** Rows that fit into a hover. */
const MOST_ROWS = 24;

/** Markdown; null where there are no results. @param parameterization null for all of them, link to what says more of one */
export function hoverText(view: ExperimentView, parameterization: string | null, link = ''): string | null {
  const measure = measureOf(view);
  if (!view.grid || !measure || view.runs.length === 0) return null;
  const known = knownOf(view);
  const cells = cellsOf(view.grid.runs).filter(
    (cell) =>
      (parameterization === null || cell.parameterization === parameterization) &&
      cell.runs.some(({ id }) => known.results.has(id)),
  );
  if (cells.length === 0) return null;
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
  const spread = several ? '\n\nMean ± sample standard deviation (n − 1) over the seeds.' : '';
  const sentence = parameterization === null && view.summary ? `${escaped(view.summary.sentence)}\n\n` : '';
  const stale = view.stale ? '\n\n_These results belong to an earlier version of the text._' : '';
  const mathematics = parameterization === null ? '' : mathematicsText(view, parameterization, link);
  return `${sentence}${mathematics}${mathematics && '\n\n'}${lines.join('\n')}${more}${spread}${stale}`;
}
