import {
  type Cell,
  countedText,
  reached,
  type Spread,
  spreadOf,
  type Tally,
  tallyIn,
  tallyText,
} from '../../extension/lab/results/index.ts';
import { shownName } from '../../extension/report/shownName.ts';
import { type ErrorName, errorSpread } from '../format.ts';
import { type Experiment, knownOf } from '../state.ts';

/** Errors of a cell: by seed, and summarized. */
export interface CellErrors {
  cell: Cell;
  /** By seed; null for runs that diverged or were stopped. */
  train: (number | null)[];
  test: (number | null)[];
  trainSpread: Spread | null;
  testSpread: Spread | null;
  tally: Tally;
}

/** The spread shown beside a cell: of the test error, or of the training error without test data. */
function shownSpread(errors: CellErrors, { problem }: { problem: { test: number } }): Spread | null {
  return problem.test > 0 ? errors.testSpread : errors.trainSpread;
}

/** The text beside a cell: mean and spread, and the runs that did not finish, in long and short form. */
export function cellText(
  errors: CellErrors,
  grid: { problem: { test: number; errorName: ErrorName } },
): { value: string; lost: string; short: string } {
  const value = errorSpread(shownSpread(errors, grid), grid.problem.errorName);
  const part = countedText(errors.tally);
  return { value, lost: tallyText(errors.tally), short: part ? `${value} (${part})` : value };
}

/** Train and test errors of each cell over its seeds. */
export function cellErrors(cells: readonly Cell[], experiment: Experiment): CellErrors[] {
  const known = knownOf(experiment);
  return cells.map((cell) => {
    const train = reached(cell.runs, known, { part: 'train', of: 'error' });
    const test = reached(cell.runs, known, { part: 'test', of: 'error' });
    const tally = tallyIn(cell.runs, known);
    return { cell, train, test, trainSpread: spreadOf(train), testSpread: spreadOf(test), tally };
  });
}

/** Errors beyond this multiple of those at the start do not extend the axis. */
const FAR = 10;

/**
 * The largest error to show, over seeds and whiskers. (Chart.js uses only the first and last point of unparsed data for
 * its range.) Errors far beyond those at the start are cut, if any others remain.
 * @param start the largest error at the start
 */
export function largestError(errors: readonly CellErrors[], start = Number.POSITIVE_INFINITY): number {
  const most = (limit: number) => {
    let largest = 0;
    for (const { train, test, testSpread } of errors) {
      const whisker = testSpread ? testSpread.mean + (testSpread.deviation ?? 0) : 0;
      for (const value of [...train, ...test, whisker])
        if ((value ?? 0) <= limit) largest = Math.max(largest, value ?? 0);
    }
    return largest;
  };
  return most(start * FAR) || most(Number.POSITIVE_INFINITY);
}

/** The largest error of any run at its start; infinite if none is known. */
export function startingError({ samples }: Experiment): number {
  let largest = 0;
  for (const { trainError, testError } of samples.values()) {
    for (const value of [...trainError.slice(0, 1), ...testError.slice(0, 1)])
      if (Number.isFinite(value)) largest = Math.max(largest, value);
  }
  return largest || Number.POSITIVE_INFINITY;
}

/** Cells whose mean is beyond the end of the axis. */
export function beyond(errors: readonly CellErrors[], end: number): string[] {
  return errors
    .filter(({ trainSpread, testSpread }) => [trainSpread, testSpread].some((at) => at && at.mean > end))
    .map(({ cell }) => `${shownName(cell.parameterization)} · ${shownName(cell.optimizer)}`);
}
