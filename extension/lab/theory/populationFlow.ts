/**
 * The completion that natural gradient flow with the population Fisher (all entries with equal weight) reaches while
 * ∂W/∂θ has full row rank: the residual of an observed entry decays as exp(−t·mn/|Ω|), and unobserved entries do not
 * change. Follows from the definition of the flow (compare Kerekes, Mészáros and Huszár 2021).
 * @param start the initial W, row-major [rows, columns]
 * @param observed row-major positions Ω
 * @param targets the observed values, in the same order
 * @param t at least 0; may be Infinity
 * @returns W at time t, row-major
 */
export function populationFlowCompletion(
  start: Float64Array,
  observed: Int32Array,
  targets: Float64Array,
  rows: number,
  columns: number,
  t: number,
): Float64Array {
  const left = Math.exp((-t * rows * columns) / observed.length);
  const completion = start.slice();
  observed.forEach((position, i) => {
    completion[position] = left === 0 ? targets[i] : targets[i] + left * (start[position] - targets[i]);
  });
  return completion;
}
