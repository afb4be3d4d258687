/** The Gram matrix of measurements ⟨X_a, W⟩ of a product of matrices W = A F B in each factor F. */
import type { GraphBuilder } from '../../compiler/builder.ts';
import type { NodeId } from '../../compiler/graph.ts';

/** The measurements: row-major [count, rows · columns]. */
export interface Measurements {
  values: Float64Array;
  count: number;
  rows: number;
  columns: number;
}

/**
 * K = Σ_F Z Zᵀ, where row a of Z is the derivative Aᵀ X_a Bᵀ of measurement a. No intermediate is larger than the
 * measurements.
 * @param left A for each factor, null for the identity
 * @param right B for each factor, null for the identity
 */
export function sensingGram(
  g: GraphBuilder,
  measurements: Measurements,
  left: readonly (NodeId | null)[],
  right: readonly (NodeId | null)[],
): NodeId {
  const { count, rows, columns } = measurements;
  const sideBySide = g.constant(concatenateColumns(measurements), [rows, count * columns]);
  const terms = left.map((a, l) => {
    const b = right[l];
    const height = a === null ? rows : g.shapeOf(a)[1];
    const width = b === null ? columns : g.shapeOf(b)[0];
    const reduced = a === null ? sideBySide : g.matmul(g.transpose(a), sideBySide);
    const flat = g.reshape(reduced, [height * count, columns]);
    const derivatives = b === null ? flat : g.matmul(flat, g.transpose(b));
    const z = g.gather(derivatives, byMeasurement(count, height, width), [count, height * width]);
    return g.matmul(z, g.transpose(z));
  });
  return terms.reduce((a, b) => g.add(a, b));
}

/** The matrices X_a side by side, [rows, count · columns]. */
function concatenateColumns({ values, count, rows, columns }: Measurements): Float64Array {
  const result = new Float64Array(values.length);
  for (let a = 0; a < count; a++) {
    for (let i = 0; i < rows; i++) {
      const row = values.subarray((a * rows + i) * columns, (a * rows + i + 1) * columns);
      result.set(row, (i * count + a) * columns);
    }
  }
  return result;
}

/** From [height, count, width] to [count, height, width]. */
function byMeasurement(count: number, height: number, width: number): Int32Array {
  const from = new Int32Array(count * height * width);
  let at = 0;
  for (let a = 0; a < count; a++) {
    for (let i = 0; i < height; i++) for (let j = 0; j < width; j++) from[at++] = (i * count + a) * width + j;
  }
  return from;
}
