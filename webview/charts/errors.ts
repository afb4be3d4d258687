import type { Cell } from '../cells.ts';
import type { Experiment } from '../state.ts';
import { type Spread, spread } from '../statistics.ts';

/** Errors of one cell: seeds one by one, and together. */
export interface CellErrors {
  cell: Cell;
  train: number[];
  test: number[];
  trainSpread: Spread | null;
  testSpread: Spread | null;
}

/** The spread that is written beside a cell: of the test error, or of the training error where there are no test data. */
export function shownSpread(errors: CellErrors, { problem }: { problem: { test: number } }): Spread | null {
  return problem.test > 0 ? errors.testSpread : errors.trainSpread;
}

/** The error that a run has reached: its result, or its newest sample while it goes on. */
function reached(experiment: Experiment, run: number, part: 'train' | 'test'): number {
  const result = experiment.runs.get(run);
  if (result) {
    const finished = result.diverged === undefined ? result[part]?.error : null;
    return finished ?? Number.NaN;
  }
  const curve = experiment.samples.get(run)?.[part === 'train' ? 'trainError' : 'testError'];
  return curve?.[curve.length - 1] ?? Number.NaN;
}

/** Train and test error of each cell over its seeds. */
export function cellErrors(cells: readonly Cell[], experiment: Experiment): CellErrors[] {
  return cells.map((cell) => {
    const train = cell.runs.map((run) => reached(experiment, run.id, 'train'));
    const test = cell.runs.map((run) => reached(experiment, run.id, 'test'));
    return { cell, train, test, trainSpread: spread(train), testSpread: spread(test) };
  });
}

/** The largest error to show: of the seeds, and of the whisker at a mean. (Chart.js takes the first and the last point of unparsed data for its range.) */
export function largestError(errors: readonly CellErrors[]): number {
  return Math.max(
    0,
    ...errors.flatMap(({ train, test, testSpread }) => [
      ...[...train, ...test].filter(Number.isFinite),
      testSpread ? testSpread.mean + testSpread.deviation : 0,
    ]),
  );
}
