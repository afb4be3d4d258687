import { type Cell, cellsOf, describeCell, endingOf, tallyIn } from '../extension/lab/results/index.ts';
import type { RunResult } from '../extension/lab/results.ts';
import { integer, number } from './format.ts';
import { type Experiment, knownOf } from './state.ts';

/** Cells that are named in one note, at most. */
const MOST_NAMED = 3;

/** What a reader must know before trusting a picture: runs that did not come to a good end, and what was not solved. */
export function notesOf(experiment: Experiment): string[] {
  const known = knownOf(experiment);
  const cells = cellsOf(experiment.grid?.runs ?? []);
  const resultsOf = (cell: Cell, wanted: (run: RunResult) => boolean) =>
    cell.runs.flatMap(({ id }) => {
      const run = known.results.get(id);
      return run && wanted(run) ? [run] : [];
    });
  /** Which cells have such runs, how many of them, and of the first what the note is about. */
  const note = (
    head: string,
    wanted: (run: RunResult) => boolean,
    detail: (runs: RunResult[]) => string,
    tail = '',
  ) => {
    const found = cells.flatMap((cell) => {
      const runs = resultsOf(cell, wanted);
      return runs.length > 0 ? [{ cell, runs }] : [];
    });
    const named = found.slice(0, MOST_NAMED).map(({ cell, runs }) => {
      return `${describeCell(cell)}, ${integer(runs.length)} of ${integer(cell.runs.length)}${detail(runs)}`;
    });
    const more = found.length > MOST_NAMED ? `; and in ${integer(found.length - MOST_NAMED)} more` : '';
    return found.length > 0 ? [`${head}: ${named.join('; ')}${more}.${tail}`] : [];
  };
  const first = (runs: readonly RunResult[], of: (run: RunResult) => number | undefined) =>
    runs.reduce((least, run) => Math.min(least, of(run) ?? Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY);
  const stopped = tallyIn(experiment.grid?.runs ?? [], known);
  return [
    ...note(
      'Diverged',
      (run) => endingOf(run) === 'diverged',
      (runs) => {
        const step = first(runs, (run) => run.diverged);
        return Number.isFinite(step) ? ` (from step ${integer(step)})` : '';
      },
      ' Numbers are of the runs that finished.',
    ),
    ...(stopped.stopped > 0
      ? [
          `Stopped: ${integer(stopped.stopped)} of ${integer(stopped.total)} runs. Numbers are of the runs that finished.`,
        ]
      : []),
    ...note(
      'Flow ended at a singular point',
      (run) => endingOf(run) === 'singular',
      (runs) => ` (from t = ${number(first(runs, (run) => run.singular))})`,
    ),
    ...note(
      'The iterative solver did not converge',
      (run) => run.solver?.residual !== undefined,
      (runs) => ` (relative residual up to ${number(-first(runs, (run) => -(run.solver?.residual ?? 0)))})`,
    ),
  ];
}
