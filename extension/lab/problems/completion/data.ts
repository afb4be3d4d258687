import type { Population, ProblemData } from '../problem.ts';

/**
 * The data of a completion problem: observed entries are training examples, the other known entries are test examples.
 * @param known row-major positions, ascending; omitted if all entries are known
 * @param disturb adds noise to the training targets
 */
export function completionData(
  {
    rows,
    columns,
    truth,
    known,
    observed,
  }: { rows: number; columns: number; truth: Float64Array; known?: Int32Array; observed: Int32Array },
  disturb: (target: number) => number = (target) => target,
): ProblemData {
  const seen = new Set(observed);
  const all = known ?? Int32Array.from(truth.keys());
  const hidden = all.filter((i) => !seen.has(i));
  return {
    loss: 'square',
    predictorShape: [rows, columns],
    train: { kind: 'entries', count: observed.length, indices: observed },
    trainTargets: Float64Array.from(observed, (i) => disturb(truth[i])),
    test: hidden.length > 0 ? { kind: 'entries', count: hidden.length, indices: hidden } : null,
    testTargets: hidden.length > 0 ? Float64Array.from(hidden, (i) => truth[i]) : null,
    // A partially known matrix cannot serve as the ground truth.
    truth: all.length === truth.length ? truth : null,
  };
}

/** All entries of a matrix with equal weight, as the population of a Fisher information. */
export function entriesPopulation({ rows, columns }: { rows: number; columns: number }): Population {
  return { curvature: { kind: 'scalar', value: 1 / (rows * columns) }, inputs: null };
}
