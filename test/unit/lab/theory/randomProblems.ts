/** Small random problems for the tests of the theory. */
import fc from 'fast-check';
import { gaussianRows, sparseData } from '../trained.ts';

export const flat = (rows: readonly number[][]): Float64Array => Float64Array.from(rows.flat());

/** Inputs and labels in the form of the theory's functions. */
export interface Labelled {
  x: Float64Array;
  n: number;
  d: number;
  y: Float64Array;
}

/** Gaussian inputs with labels sign(x₁ − x₂ + x₃): always separable. */
export function separableRows(seed: number, n: number, d: number): Labelled {
  const { inputs, labels } = sparseData(seed, n, d);
  return { x: flat(inputs), n, d, y: Float64Array.from(labels) };
}

/** Gaussian inputs with Gaussian targets. */
export function regressionRows(seed: number, n: number, d: number): Labelled {
  return { x: flat(gaussianRows(seed, n, d)), n, d, y: flat(gaussianRows(seed + 1000, 1, n)) };
}

/** y_i x_i·w, all of them. */
export function marginsOf({ x, n, d, y }: Labelled, w: ArrayLike<number>): number[] {
  return Array.from({ length: n }, (_, i) => y[i] * product(x, i, d, w));
}

/** x_i·w, all of them. */
export function outputsOf({ x, n, d }: Labelled, w: ArrayLike<number>): number[] {
  return Array.from({ length: n }, (_, i) => product(x, i, d, w));
}

function product(x: Float64Array, i: number, d: number, w: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < d; j++) sum += x[i * d + j] * w[j];
  return sum;
}

export const l1 = (w: ArrayLike<number>): number => Array.from(w).reduce((sum, value) => sum + Math.abs(value), 0);

/** All subsets of 0 … n − 1 with `size` elements. */
export function subsets(n: number, size: number): number[][] {
  if (size === 0) return [[]];
  if (n < size) return [];
  return [...subsets(n - 1, size), ...subsets(n - 1, size - 1).map((rest) => [...rest, n - 1])];
}

/** A whole number as the seed of a problem. */
export const seeds = fc.integer({ min: 1, max: 2 ** 30 });
