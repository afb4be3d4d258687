/** What the options of the language take, as far as they are numbers: by name, since no two mean different things. */

export interface Bounds {
  isWhole: boolean;
  /** The least value; for numbers above 0, 0 itself is none of them. */
  least: number;
  /** No value reaches it. */
  below?: number;
  isPositive?: true;
}

const count = (least: number): Bounds => ({ isWhole: true, least });
const positive: Bounds = { isWhole: false, least: 0, isPositive: true };
const nonNegative: Bounds = { isWhole: false, least: 0 };
const share: Bounds = { isWhole: false, least: 0, below: 1 };

export const optionBounds: Readonly<Record<string, Bounds>> = {
  ...{ dimension: count(1), train: count(1), test: count(0), rows: count(1), columns: count(1) },
  ...{ sparsity: count(1), rank: count(1), depth: count(1), width: count(1), widths: count(1) },
  ...{ steps: count(1), seeds: count(1), seed: count(0), batch: count(1), fisherSamples: count(1) },
  iterations: count(1),
  ...{ rate: positive, scale: positive, until: positive, rtol: positive, atol: positive, tolerance: positive },
  ...{ epsilon: positive, damping: positive, split: positive, observed: positive },
  ...{ time: positive, start: positive, end: positive, timeLimit: positive },
  ...{ noise: nonNegative, margin: nonNegative, momentum: share, beta1: share, beta2: share },
};
