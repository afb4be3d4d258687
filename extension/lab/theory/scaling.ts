/** Scales linear programs to numbers of order 1, as assumed by the solver's tolerances. */
import type { LinearProgram } from './linearProgram.ts';

/** A scaled program, and the inverse transformation. */
export interface ScaledProgram {
  program: LinearProgram;
  /** The minimizer and the row multipliers of the original program. */
  back(x: Float64Array, multipliers: Float64Array): { x: Float64Array; multipliers: Float64Array };
}

/**
 * Scales columns, then rows, to a largest entry of about 1; bounds and costs likewise. (HiGHS drops entries below 1e-9,
 * and its tolerances are absolute.) All factors are powers of two, so that scaling is exact.
 */
export function scaled({ cost, matrix, rowLower, rowUpper, lower, upper }: LinearProgram): ScaledProgram {
  const [rows, columns] = [rowLower.length, cost.length];
  const columnSizes = new Float64Array(columns);
  matrix.forEach((value, at) => {
    columnSizes[at % columns] = Math.max(columnSizes[at % columns], Math.abs(value));
  });
  const columnFactors = columnSizes.map(inverse);
  const entries = matrix.map((value, at) => value * columnFactors[at % columns]);
  const rowFactors = Float64Array.from({ length: rows }, (_, i) =>
    inverse(largest(entries.subarray(i * columns, (i + 1) * columns))),
  );
  const costs = cost.map((value, j) => value * columnFactors[j]);
  const costFactor = inverse(largest(costs));
  const bounds = [
    rowLower.map((value, i) => value * rowFactors[i]),
    rowUpper.map((value, i) => value * rowFactors[i]),
    lower.map((value, j) => value / columnFactors[j]),
    upper.map((value, j) => value / columnFactors[j]),
  ];
  const factor = inverse(Math.max(...bounds.map(largest)));
  const [rowFrom, rowTo, from, to] = bounds.map((values) => values.map((value) => value * factor));
  return {
    program: {
      cost: costs.map((value) => value * costFactor),
      matrix: entries.map((value, at) => value * rowFactors[Math.floor(at / columns)]),
      rowLower: rowFrom,
      rowUpper: rowTo,
      lower: from,
      upper: to,
    },
    back: (x, multipliers) => ({
      x: x.map((value, j) => (value * columnFactors[j]) / factor),
      multipliers: multipliers.map((value, i) => (value * rowFactors[i]) / costFactor),
    }),
  };
}

/** The largest finite absolute value. */
function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) if (Number.isFinite(value)) most = Math.max(most, Math.abs(value));
  return most;
}

/** The power of two that scales a size to about 1. */
function inverse(size: number): number {
  return size > 0 ? 2 ** -Math.round(Math.log2(size)) : 1;
}
