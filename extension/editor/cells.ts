/** The numbers of one line of the grid: a parameterization under an optimizer, over its seeds and the points of a sweep. */
import {
  type Cell,
  cellsOf,
  curvesOf,
  type Known,
  reached,
  type Spread,
  spreadOf,
  type Tally,
  tallyIn,
  type Unit,
} from '../lab/results/index.ts';
import type { RunIdentity, SampleBatch } from '../lab/results.ts';
import { type ExperimentView, isBusy } from '../runs/record.ts';

/** A parameterization under an optimizer. */
export interface Line {
  parameterization: string;
  optimizer: string;
  /** Over the seeds at each point of the sweep that has a number; one without a sweep. */
  spreads: Spread[];
  tally: Tally;
  /** The mean error along the training, a few values. */
  curve: number[];
}

/** What the lines measure. */
export interface Measure {
  /** `test error`, `train RMSE`, … */
  name: string;
  unit: Unit;
  part: 'test' | 'train';
}

const CURVE_LENGTH = 6;

/** What is measured: the test error, or the train error where there are no test data. */
export function measureOf(view: ExperimentView): Measure | null {
  if (!view.grid) return null;
  const { errorName, test } = view.grid.problem;
  const part = test > 0 ? 'test' : 'train';
  const unit = errorName === 'error rate' ? 'share' : 'number';
  return { name: `${part} ${unit === 'share' ? 'error' : 'RMSE'}`, unit, part };
}

/** What is known of the runs on view. */
export function knownOf(view: ExperimentView): Known {
  return {
    results: new Map(view.runs.map((run) => [run.id, run])),
    samples: new Map(view.samples.map((batch) => [batch.run, batch])),
    // Results of an earlier text are over, whatever has begun since.
    isOver: !isBusy(view) || view.stale,
  };
}

/** The lines of the grid of which something is known, in its order. */
export function linesOf(view: ExperimentView, { part }: Pick<Measure, 'part'>): Line[] {
  if (!view.grid) return [];
  const known = knownOf(view);
  const lines = new Map<string, Cell[]>();
  for (const cell of cellsOf(view.grid.runs)) {
    const key = JSON.stringify([cell.parameterization, cell.optimizer]);
    lines.set(key, [...(lines.get(key) ?? []), cell]);
  }
  return [...lines.values()].flatMap((cells) => {
    const [first] = cells;
    const runs = cells.flatMap((cell) => cell.runs);
    const spreads = cells.flatMap((cell) => spreadOf(reached(cell.runs, known, { part, of: 'error' })) ?? []);
    const isKnown = runs.some(({ id }) => known.results.has(id) || known.samples.has(id));
    if (!first || !isKnown) return [];
    const { parameterization, optimizer } = first;
    return [{ parameterization, optimizer, spreads, tally: tallyIn(runs, known), curve: meanCurve(runs, known, part) }];
  });
}

/** The mean of several curves at a few samples, spread evenly over those they all have. */
function meanCurve(runs: readonly RunIdentity[], known: Known, part: 'test' | 'train'): number[] {
  const errorsOf = ({ testError, trainError }: SampleBatch) => (part === 'test' ? testError : trainError);
  const curves = curvesOf(runs, known).map(errorsOf);
  const length = curves.reduce((least, curve) => Math.min(least, curve.length), Number.POSITIVE_INFINITY);
  if (curves.length === 0 || length < 2) return [];
  const points = Math.min(CURVE_LENGTH, length);
  return Array.from({ length: points }, (_, i) => {
    const at = Math.round((i * (length - 1)) / (points - 1));
    return spreadOf(curves.map((curve) => curve[at]))?.mean ?? Number.NaN;
  });
}
