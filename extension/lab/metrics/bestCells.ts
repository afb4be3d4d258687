/** The part of the finding that compares test performance and lists runs that did not finish. */
import {
  type Cell,
  cellsOf,
  countedText,
  describePoint,
  knownResults,
  lossesText,
  reached,
  type Spread,
  spreadOf,
  spreadText,
  type Tally,
  tallyIn,
} from '../results/index.ts';
import type { RunIdentity, RunResult } from '../results.ts';

/** A cell with its test error over the averaged seeds. */
interface Measured {
  cell: Cell;
  spread: Spread;
  tally: Tally;
}

/** Compares the best cell of each optimizer on the test data; empty if there are no test data. */
export function comparison(ended: readonly RunResult[], planned: readonly RunIdentity[], isRate: boolean): string {
  const known = knownResults(ended);
  const cells = cellsOf(planned).flatMap((cell): Measured[] => {
    const spread = spreadOf(reached(cell.runs, known, { part: 'test', of: 'error' }));
    return spread ? [{ cell, spread, tally: tallyIn(cell.runs, known) }] : [];
  });
  const optimizers = [...new Set(cells.map(({ cell }) => cell.optimizer))];
  const best = optimizers
    .map((optimizer) =>
      cells
        .filter(({ cell }) => cell.optimizer === optimizer)
        .reduce((a, b) => (b.spread.mean < a.spread.mean ? b : a)),
    )
    .sort((a, b) => a.spread.mean - b.spread.mean);
  const [first, second] = best;
  if (!first) return '';
  const what = isRate ? 'test error' : 'test RMSE';
  const amount = ({ spread }: Measured) => spreadText(spread, isRate ? 'share' : 'number');
  const value = (one: Measured) => {
    const seeds = seedsText(one.spread, one.tally);
    return seeds ? `${amount(one)} (${seeds})` : amount(one);
  };
  const separator = first.cell.point ? ':' : '';
  if (!second) return `Lowest ${what}: ${name(first)}${separator || ','} ${value(first)}`;
  if (!isSignificant(first.spread, second.spread)) {
    const [a, b] = [first, second].map((one) => {
      const parts = [amount(one), seedsText(one.spread, one.tally)].filter((part) => part !== '');
      return `${name(one)} (${parts.join(', ')})`;
    });
    return `No significant difference in ${what} between ${a} and ${b}`;
  }
  const hedge = first.spread.n < 2 || second.spread.n < 2 ? ' (one seed)' : '';
  return `Lowest ${what}${hedge}: ${name(first)}${separator} ${value(first)}, versus ${value(second)} for the best ${second.cell.optimizer} run`;
}

/** Whether two means differ by more than two standard errors of their difference. */
function isSignificant(first: Spread, second: Spread): boolean {
  const error = ({ deviation, n }: Spread) => (deviation ?? 0) / Math.sqrt(n);
  const difference = second.mean - first.mean;
  return difference > 2 * Math.hypot(error(first), error(second)) && difference > 0;
}

const name = ({ cell: { optimizer, parameterization, point } }: Measured) =>
  `${optimizer} with ‘${parameterization}’${point ? ` at ${describePoint(point)}` : ''}`;

/** The number of seeds: `n = 8`, or `n = 5 of 8` if the others did not finish; empty for a single seed. */
function seedsText({ n }: Spread, tally: Tally): string {
  const part = countedText(tally);
  return part !== '' || n > 1 ? `n = ${part || n}` : '';
}

/** Maximum number of cells that are listed individually. */
const MOST_NAMED = 2;

/** For example `GD with ‘u² − v²’: 6 of 8 diverged`; empty if all finished. */
export function lossesPhrase(ended: readonly RunResult[], planned: readonly RunIdentity[]): string {
  const known = knownResults(ended);
  const cells = cellsOf(planned).map((cell) => ({ cell, tally: tallyIn(cell.runs, known) }));
  const broken = cells.filter(({ tally }) => tally.counted + tally.running < tally.total);
  if (broken.length === 0) return '';
  if (broken.length > MOST_NAMED) {
    const how = lossesText(tallyIn(planned, known));
    return `Some runs did not finish in ${broken.length} of ${cells.length} combinations: ${how}`;
  }
  const phrases = broken.map(({ cell, tally }) => {
    const point = cell.point ? ` at ${describePoint(cell.point)}` : '';
    return `${cell.optimizer} with ‘${cell.parameterization}’${point}: ${lossesText(tally)}`;
  });
  return phrases.join('; ');
}
