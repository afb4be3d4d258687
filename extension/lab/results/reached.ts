/** What is known about the runs of a grid: the results of ended runs and the curves of running ones. */
import type { Quantities, RunIdentity, RunResult, SampleBatch } from '../results.ts';
import { endingOf, isAveraged, type Tally, tallyOf } from './endings.ts';

export interface Known {
  /** By the run's position in the grid. */
  results: ReadonlyMap<number, RunResult>;
  samples: ReadonlyMap<number, SampleBatch>;
  /** Whether no run is in progress. */
  isOver: boolean;
}

/** A scalar quantity of every run. */
export interface Quantity {
  part: 'train' | 'test' | 'gap';
  of: keyof Quantities;
}

/** The state of a grid whose runs have all ended. */
export function knownResults(results: Iterable<RunResult>): Known {
  return { results: new Map([...results].map((run) => [run.id, run])), samples: new Map(), isOver: true };
}

/**
 * The current value for each run of a cell: its result, or the latest sample while it is running. Null for diverged and
 * stopped runs, and if the problem has no such quantity.
 */
export function reached(runs: readonly RunIdentity[], known: Known, quantity: Quantity): (number | null)[] {
  return runs.map(({ id }) => {
    const result = known.results.get(id);
    if (result) return isAveraged(result) ? (result[quantity.part]?.[quantity.of] ?? null) : null;
    const batch = known.isOver ? undefined : known.samples.get(id);
    return batch ? newest(batch, quantity) : null;
  });
}

function newest(batch: SampleBatch, { part, of }: Quantity): number | null {
  const last = (name: 'train' | 'test') =>
    batch[of === 'loss' ? (`${name}Loss` as const) : (`${name}Error` as const)].at(-1) ?? Number.NaN;
  const value = part === 'gap' ? last('test') - last('train') : last(part);
  return Number.isFinite(value) ? value : null;
}

/** The tally of a cell or of the grid. */
export function tallyIn(runs: readonly RunIdentity[], { results, isOver }: Known): Tally {
  return tallyOf(runs, results, isOver);
}

/** The curves shown for a cell: those of averaged and running runs; those of stopped runs if there are no others. */
export function curvesOf(runs: readonly RunIdentity[], known: Known): SampleBatch[] {
  const curves = (wanted: (result: RunResult | undefined) => boolean) =>
    runs.flatMap(({ id }) => (wanted(known.results.get(id)) ? (known.samples.get(id) ?? []) : []));
  const whole = curves((result) => (result ? isAveraged(result) : !known.isOver));
  return whole.length > 0 ? whole : curves((result) => result === undefined);
}

/** The curves of a cell's diverged runs. */
export function divergedCurves(runs: readonly RunIdentity[], known: Known): SampleBatch[] {
  return runs.flatMap(({ id }) => {
    const result = known.results.get(id);
    return result && endingOf(result) === 'diverged' ? (known.samples.get(id) ?? []) : [];
  });
}
