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
  const hidden = othersOf(observed, truth.length, known);
  return {
    loss: 'square',
    predictorShape: [rows, columns],
    train: { kind: 'entries', count: observed.length, indices: observed },
    trainTargets: entriesAt(truth, observed).map(disturb),
    test: hidden.length > 0 ? { kind: 'entries', count: hidden.length, indices: hidden } : null,
    testTargets: hidden.length > 0 ? entriesAt(truth, hidden) : null,
    // A partially known matrix cannot serve as the ground truth.
    truth: (known?.length ?? truth.length) === truth.length ? truth : null,
  };
}

/** The known positions that are not observed, ascending. */
function othersOf(observed: Int32Array, size: number, known?: Int32Array): Int32Array {
  const isOther = new Uint8Array(size);
  if (known) for (const position of known) isOther[position] = 1;
  else isOther.fill(1);
  for (const position of observed) isOther[position] = 0;
  const others = new Int32Array(isOther.reduce((count, one) => count + one, 0));
  for (let position = 0, at = 0; at < others.length; position++) if (isOther[position]) others[at++] = position;
  return others;
}

function entriesAt(matrix: Float64Array, positions: Int32Array): Float64Array {
  const entries = new Float64Array(positions.length);
  for (let i = 0; i < entries.length; i++) entries[i] = matrix[positions[i]];
  return entries;
}

/** All entries of a matrix with equal weight, as the population of a Fisher information. */
export function entriesPopulation({ rows, columns }: { rows: number; columns: number }): Population {
  return { curvature: { kind: 'scalar', value: 1 / (rows * columns) }, inputs: null };
}
