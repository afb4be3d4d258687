/** What is known of the runs of a grid: the results of those that ended, the curves of those that go on. */
import type { Quantities, RunIdentity, RunResult, SampleBatch } from '../results.ts';
import { counts, endingOf, type Tally, tallyOf } from './endings.ts';

export interface Known {
  /** By the run's position in the grid. */
  results: ReadonlyMap<number, RunResult>;
  samples: ReadonlyMap<number, SampleBatch>;
  /** Whether nothing runs any more. */
  isOver: boolean;
}

/** One of the numbers that every run has. */
export interface Quantity {
  part: 'train' | 'test' | 'gap';
  of: keyof Quantities;
}

/** Results alone, of runs that all have ended. */
export function knownResults(results: Iterable<RunResult>): Known {
  return { results: new Map([...results].map((run) => [run.id, run])), samples: new Map(), isOver: true };
}

/**
 * The value that each run of a cell has reached: its result, or while it goes on its newest sample. Null of a run that
 * diverged or was stopped, and where the problem has no such quantity.
 */
export function reached(runs: readonly RunIdentity[], known: Known, quantity: Quantity): (number | null)[] {
  return runs.map(({ id }) => {
    const result = known.results.get(id);
    if (result) return counts(result) ? (result[quantity.part]?.[quantity.of] ?? null) : null;
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

/** How the runs of a cell, or of the grid, ended. */
export function tallyIn(runs: readonly RunIdentity[], { results, isOver }: Known): Tally {
  return tallyOf(runs, results, isOver);
}

/**
 * The curves that stand for a cell: of the runs that are averaged and of those that go on; of stopped ones where there
 * is no other.
 */
export function curvesOf(runs: readonly RunIdentity[], known: Known): SampleBatch[] {
  const curves = (wanted: (result: RunResult | undefined) => boolean) =>
    runs.flatMap(({ id }) => (wanted(known.results.get(id)) ? (known.samples.get(id) ?? []) : []));
  const whole = curves((result) => (result ? counts(result) : !known.isOver));
  return whole.length > 0 ? whole : curves((result) => result === undefined);
}

/** The curves of the runs of a cell that diverged. */
export function divergedCurves(runs: readonly RunIdentity[], known: Known): SampleBatch[] {
  return runs.flatMap(({ id }) => {
    const result = known.results.get(id);
    return result && endingOf(result) === 'diverged' ? (known.samples.get(id) ?? []) : [];
  });
}
