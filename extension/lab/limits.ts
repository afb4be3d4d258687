/**
 * How large a definition may be. Sizes are looked at before anything is built from them, so that a slip of the keyboard
 * (`seeds: 1e7`) is refused at once. Documented in docs/language.md.
 */
import { DefinitionError } from './errors.ts';

/** Runs of one experiment: points × parameterizations × optimizers × seeds. */
export const MOST_RUNS = 65_536;
/** Points of a sweep, and values of one of its axes. */
export const MOST_POINTS = 1000;
/** Steps of one run. */
export const MOST_STEPS = 1e12;
/** Layers, factors or vectors of a parameterization. */
export const MOST_LAYERS = 10_000;
/** Units of a layer, and dimensions and examples of a problem: what an array can hold. */
export const LONGEST_AXIS = 2 ** 31 - 1;

/** Nodes of the graph of one parameterization, before derivatives. */
export const LARGEST_GRAPH = 200_000;

/** A product with its factors, for messages: `3 points × 2 seeds`. */
export function factorsText(factors: readonly (readonly [count: number, noun: string])[]): string {
  return factors.map(([count, noun]) => `${count} ${count === 1 ? noun.replace(/s$/, '') : noun}`).join(' × ');
}

/**
 * @param factors what the number of runs is the product of, each with its noun in the plural
 * @throws DefinitionError if that is more than {@link MOST_RUNS}
 */
export function requireRuns(factors: readonly (readonly [count: number, noun: string])[]): void {
  const runs = factors.reduce((product, [count]) => product * count, 1);
  if (runs <= MOST_RUNS) return;
  throw new DefinitionError(
    `experiment: ${factorsText(factors)} are ${runs} runs, more than the ${MOST_RUNS} that an experiment may have`,
    { hint: 'Use fewer seeds or points, or divide it into several experiments.' },
  );
}
