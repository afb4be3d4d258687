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
import { type ErrorName, errorSpread } from '../format.ts';
import { type Experiment, knownOf } from '../state.ts';

/** Errors of one cell: seeds one by one, and together. */
export interface CellErrors {
  cell: Cell;
  /** By seed; null of runs that diverged or were stopped. */
  train: (number | null)[];
  test: (number | null)[];
  trainSpread: Spread | null;
  testSpread: Spread | null;
  tally: Tally;
}

/** The spread that is written beside a cell: of the test error, or of the training error where there are no test data. */
function shownSpread(errors: CellErrors, { problem }: { problem: { test: number } }): Spread | null {
  return problem.test > 0 ? errors.testSpread : errors.trainSpread;
}

/** What is written beside a cell: mean and spread, and what did not finish, in words and in short. */
export function cellText(
  errors: CellErrors,
  grid: { problem: { test: number; errorName: ErrorName } },
): { value: string; lost: string; short: string } {
  const value = errorSpread(shownSpread(errors, grid), grid.problem.errorName);
  const part = countedText(errors.tally);
  return { value, lost: tallyText(errors.tally), short: part ? `${value} (${part})` : value };
}

/** Train and test error of each cell over its seeds. */
export function cellErrors(cells: readonly Cell[], experiment: Experiment): CellErrors[] {
  const known = knownOf(experiment);
  return cells.map((cell) => {
    const train = reached(cell.runs, known, { part: 'train', of: 'error' });
    const test = reached(cell.runs, known, { part: 'test', of: 'error' });
    const tally = tallyIn(cell.runs, known);
    return { cell, train, test, trainSpread: spreadOf(train), testSpread: spreadOf(test), tally };
  });
}

/** The largest error to show: of the seeds, and of the whisker at a mean. (Chart.js takes the first and the last point of unparsed data for its range.) */
export function largestError(errors: readonly CellErrors[]): number {
  let largest = 0;
  for (const { train, test, testSpread } of errors) {
    for (const value of [...train, ...test]) largest = Math.max(largest, value ?? 0);
    if (testSpread) largest = Math.max(largest, testSpread.mean + (testSpread.deviation ?? 0));
  }
  return largest;
}
