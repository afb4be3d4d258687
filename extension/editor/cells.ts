/** The numbers of one cell: a parameterization with an optimizer, over its seeds and the points of a sweep. */
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

/** A parameterization with an optimizer. */
export interface Line {
  parameterization: string;
  optimizer: string;
  /** Spreads over the seeds, one for each point of the sweep that has results; a single one without a sweep. */
  spreads: Spread[];
  tally: Tally;
  /** The mean error during training, at a few samples. */
  curve: number[];
}

/** The quantity shown beside the lines. */
export interface Measure {
  /** `test error`, `train RMSE`, … */
  name: string;
  unit: Unit;
  part: 'test' | 'train';
}

/** The moments of training at which a sparkline has a bar. */
export const CURVE_LENGTH = 6;

/** The quantity to show: the test error, or the training error without test data. */
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
    // Results of an earlier text are final, whatever has started since.
    isOver: !isBusy(view) || view.stale,
  };
}

/** The cells with results, in grid order. */
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

/** The mean of several curves at a few samples, evenly spaced over the range they share. */
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
