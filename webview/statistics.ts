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
  /** How many seeds are averaged. */
  count: number;
  /** What goes on after the shortest curve has ended: averages over fewer seeds would jump there. */
  tails: Series[];
}

/** Interpolates a curve at ascending x; NaN outside its samples. */
export function reader({ x, y }: Series): (at: number) => number {
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

/** The abscissas that all curves share: those of the densest curve, as far as all curves go. */
function commonOf(series: readonly Series[]): number[] {
  const first = Math.max(...series.map(({ x }) => x[0]!));
  const last = Math.min(...series.map(({ x }) => x[x.length - 1]!));
  const within = ({ x }: Series) => Array.from(x).filter((at) => at >= first && at <= last);
  const densest = series.map(within).reduce((most, one) => (one.length > most.length ? one : most));
  return densest.at(-1) === last || !(last >= first) ? densest : [...densest, last];
}

/**
 * The mean of the curves of several seeds, with a band from the smallest to the largest, at abscissas that all of them
 * reach: curves may have different samples, and end at different places.
 */
export function bandOf(series: readonly Series[]): Band {
  const band: Band = { x: [], mean: [], low: [], high: [], count: 0, tails: [] };
  const present = series.filter(({ x }) => x.length > 0);
  if (present.length === 0) return band;
  band.count = present.length;
  const readers = present.map(reader);
  const common = commonOf(present);
  for (const x of common) {
    const at = spreadOf(readers.map((read) => read(x)));
    if (!at || at.n < present.length) continue;
    band.x.push(x);
    band.mean.push(at.mean);
    band.low.push(at.min);
    band.high.push(at.max);
  }
  const end = common.at(-1) ?? Number.NEGATIVE_INFINITY;
  band.tails = present.flatMap((one) => tailOf(one, end));
  return band;
}

/** What a curve does after a place. */
function tailOf(series: Series, end: number): Series[] {
  const { x, y } = series;
  const from = Array.from(x).findIndex((at) => at > end);
  if (from < 0) return [];
  const starts = from > 0 ? { x: [end], y: [reader(series)(end)] } : { x: [], y: [] };
  return [{ x: [...starts.x, ...Array.from(x).slice(from)], y: [...starts.y, ...Array.from(y).slice(from)] }];
}
