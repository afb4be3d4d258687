import type { Theory } from '../lab/results.ts';
import { measuredBy, type Predicted, predictedNames } from '../lab/theory/names.ts';

/** The names of one kind of prediction: those that were compared with runs before those that do not apply to the data. */
export function predictedFirst(kind: Predicted, theory: readonly Theory[]): string[] {
  const compared = theory
    .flatMap(({ comparisons }) => comparisons.flatMap(({ to }) => Object.entries(to)))
    .flatMap(([name, comparison]) => (measuredBy[kind] in comparison ? [name] : []));
  return [...new Set([...compared, ...predictedNames[kind]])];
}
