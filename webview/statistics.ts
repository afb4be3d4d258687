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
  const [first, ...others] = series;
  const same = others.every(
    (one) => one.x.length === first.x.length && Array.from(one.x).every((x, i) => x === first.x[i]),
  );
  if (same) return Array.from(first.x);
  return [...new Set(series.flatMap((one) => Array.from(one.x)))].sort((a, b) => a - b);
}

/** Interpolates a curve at ascending x; NaN outside its samples. */
function reader({ x, y }: Series): (at: number) => number {
  let i = 0;
  return (at) => {
    while (i < x.length && x[i] < at) i++;
    if (i === x.length) return Number.NaN;
    if (x[i] === at) return y[i];
    if (i === 0) return Number.NaN;
    const share = (at - x[i - 1]) / (x[i] - x[i - 1]);
    return y[i - 1] + share * (y[i] - y[i - 1]);
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
