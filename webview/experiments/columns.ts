/** The columns of the table of experiments: what they show, and by what they sort. */
import type { ExperimentRow } from '../../extension/report/experimentRow.ts';
import { duration } from '../format.ts';

export interface Column {
  id: string;
  title: string;
  /** What the column says, for screen readers and on hover. */
  meaning: string;
  text(row: ExperimentRow, now: number): string;
  /** Numbers sort as numbers; null comes last. */
  order(row: ExperimentRow): number | string | null;
  isNumber?: boolean;
}

const outcomes = { finished: '', canceled: 'stopped', failed: 'failed' };

export const columns: readonly Column[] = [
  {
    id: 'experiment',
    title: 'Experiment',
    meaning: 'Name of the experiment',
    text: ({ experiment, line }) => (line === null ? `${experiment} (not in the file as it is)` : experiment),
    order: ({ experiment }) => experiment.toLowerCase(),
  },
  {
    id: 'file',
    title: 'File',
    meaning: 'The lab file that defines it, and the line',
    text: ({ path, line }) => (line === null ? path : `${path}:${line}`),
    order: ({ path, line }) => `${path.toLowerCase()}:${String(line ?? 0).padStart(7, '0')}`,
  },
  {
    id: 'claims',
    title: 'Claims',
    meaning: 'How many of its claims hold in the latest run',
    text: ({ latest }) => {
      if (!latest || latest.claims.total === 0) return '';
      const { held, total } = latest.claims;
      return `${held === total ? '✓' : '✗'} ${held}/${total}`;
    },
    order: ({ latest }) => (latest && latest.claims.total > 0 ? latest.claims.held / latest.claims.total : null),
  },
  {
    id: 'finding',
    title: 'Finding',
    meaning: 'The finding of the latest run, in one sentence',
    text: ({ latest }) => (latest ? (latest.finding ?? '') : 'not run yet'),
    order: ({ latest }) => latest?.finding ?? null,
  },
  {
    id: 'runs',
    title: 'Runs',
    meaning: 'Runs of the grid; those that are stored, where some are missing',
    text: ({ latest }) => {
      if (!latest) return '';
      const { ended, total } = latest.runs;
      const outcome = outcomes[latest.outcome];
      return `${ended === total ? total : `${ended}/${total}`}${outcome ? `, ${outcome}` : ''}`;
    },
    order: ({ latest }) => latest?.runs.total ?? null,
    isNumber: true,
  },
  {
    id: 'seconds',
    title: 'Took',
    meaning: 'Wall-clock time of the latest run; what was stored took none',
    text: ({ latest }) => (latest && latest.seconds !== null ? duration(latest.seconds) : ''),
    order: ({ latest }) => latest?.seconds ?? null,
    isNumber: true,
  },
  {
    id: 'date',
    title: 'Last run',
    meaning: 'When the latest run ended',
    text: ({ latest }) => (latest ? new Date(latest.date).toLocaleString(undefined, SHORT) : ''),
    order: ({ latest }) => latest?.date ?? null,
    isNumber: true,
  },
];

const SHORT: Intl.DateTimeFormatOptions = { dateStyle: 'short', timeStyle: 'short' };

/** The rows that contain every word of the filter, in the order of a column. */
export function arranged(
  rows: readonly ExperimentRow[],
  { filter, sort, descending }: { filter: string; sort: string; descending: boolean },
): ExperimentRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const column = columns.find(({ id }) => id === sort);
  const shown = rows.filter((row) => {
    const text = columns
      .map((one) => one.text(row, 0))
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
  if (!column) return shown;
  const sign = descending ? -1 : 1;
  return shown.sort((a, b) => {
    const [x, y] = [column.order(a), column.order(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * (x < y ? -1 : x > y ? 1 : 0);
  });
}
