import { spreadOf } from '../extension/lab/results/index.ts';

/** One seed's curve. */
export interface Series {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
}

/** Several seeds as a line with a band. All arrays have equal length. */
export interface Band {
  x: number[];
  mean: number[];
  low: number[];
  high: number[];
  /** How many seeds reach each x. */
  count: number[];
}

function unionOf(series: readonly Series[]): number[] {
  const [first = [], ...others] = series.map(({ x }) => Array.from(x));
  const same = others.every((other) => other.length === first.length && other.every((x, i) => x === first[i]));
  return same ? first : [...new Set([first, ...others].flat())].sort((a, b) => a - b);
}

/** Interpolates a curve at ascending x; NaN outside its samples. */
function reader({ x, y }: Series): (at: number) => number {
  let i = 0;
  return (at) => {
    while (i < x.length && x[i]! < at) i++;
    const [right, yRight] = [x[i], y[i]];
    if (right === undefined || yRight === undefined) return Number.NaN;
    if (right === at) return yRight;
    const [left, yLeft] = [x[i - 1], y[i - 1]];
    if (left === undefined || yLeft === undefined) return Number.NaN;
    return yLeft + ((at - left) / (right - left)) * (yRight - yLeft);
  };
}

/**
 * The mean of the curves of several seeds, with a band from the smallest to the largest. Curves may have different
 * samples (each flow has its own) and lengths (some seeds are still running): each x uses the seeds that reach it.
 */
export function bandOf(series: readonly Series[]): Band {
  const band: Band = { x: [], mean: [], low: [], high: [], count: [] };
  const present = series.filter((one) => one.x.length > 0);
  if (present.length === 0) return band;
  const readers = present.map(reader);
  for (const x of unionOf(present)) {
    const at = spreadOf(readers.map((read) => read(x)));
    if (!at) continue;
    band.x.push(x);
    band.mean.push(at.mean);
    band.low.push(at.min);
    band.high.push(at.max);
    band.count.push(at.n);
  }
  return band;
}
