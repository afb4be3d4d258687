/** What theory says, sorted by run. */
import type { Comparison, Theory } from '../results.ts';

/** What theory says of each run, by its position in the grid. */
export function comparisonsOf(theories: readonly Theory[]): Map<number, Record<string, Comparison>> {
  return new Map(theories.flatMap(({ comparisons }) => comparisons.map(({ run, to }) => [run, to] as const)));
}
