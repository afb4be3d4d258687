import { type Cell, counts, curvesOf, divergedCurves, type Known } from '../../extension/lab/results/index.ts';
import type { SampleBatch } from '../../extension/lab/results.ts';
import { memoized } from '../memo.ts';
import type { Range } from '../plot/ranges.ts';
import { type Band, bandOf, type Series } from '../statistics.ts';
import { thin } from '../thin.ts';

/** Points per curve, at most. */
const pointLimit = 160;

/** A curve that a run records. */
export type Column = 'trainLoss' | 'trainError' | 'testLoss' | 'testError';

/** The axes of a curve. */
export interface Axes {
  x: 'step' | 'time';
  logX: boolean;
  logY: boolean;
}

/** The curves of a cell: the average over the seeds that ended, and those that are still under way. */
export interface CellCurves {
  band: Band;
  /** Seeds that are still running, and what longer curves do after the shortest has ended. */
  others: Series[];
}

/** The seeds of a cell that did not diverge. Before the first has ended, those that are running are averaged. */
export function cellCurves(cell: Cell, known: Known, column: Column, axes: Axes): CellCurves {
  const curves = curvesOf(cell.runs, known);
  const ended = curves.filter(({ run }) => {
    const result = known.results.get(run);
    return result !== undefined && counts(result);
  });
  const averaged = ended.length > 0 || known.isOver ? (ended.length > 0 ? ended : curves) : curves;
  const band = averagedBand(averaged, column, axes.x, axes.logX, axes.logY);
  const under = averaged === curves ? [] : curves.filter((curve) => !ended.includes(curve));
  return { band, others: [...band.tails, ...under.map((curve) => seriesOf(curve, column, axes))] };
}

/** The seeds of a cell that diverged, each as a curve: they are never averaged. */
export function divergedSeries(cell: Cell, known: Known, column: Column, axes: Axes): Series[] {
  return divergedCurves(cell.runs, known).map((curve) => seriesOf(curve, column, axes));
}

function seriesOf(curve: SampleBatch, column: Column, { x, logX, logY }: Axes): Series {
  const { x: at, mean } = averagedBand([curve], column, x, logX, logY);
  return { x: at, y: mean };
}

/** Curves as a band, without points that a logarithmic axis cannot show; computed once for the same curves. */
const averagedBand = memoized(
  (curves: readonly SampleBatch[], column: Column, x: 'step' | 'time', logX: boolean, logY: boolean): Band => {
    const band = bandOf(curves.map((curve) => ({ x: curve[x], y: curve[column] })));
    const kept = thin(band.x, band.mean, pointLimit, logX ? 'log' : 'linear').filter((i) => !logY || band.mean[i]! > 0);
    const pick = (values: number[]) => kept.map((i) => values[i]!);
    const [low, mean] = [pick(band.low), pick(band.mean)];
    const floor = [...low, ...mean].reduce(
      (least, value) => (value > 0 ? Math.min(least, value) : least),
      Number.MAX_VALUE,
    );
    return {
      x: pick(band.x),
      mean,
      low: logY ? low.map((value) => (value > 0 ? value : floor)) : low,
      high: pick(band.high),
      count: band.count,
      tails: band.tails.map((tail) => onAxes(tail, logX, logY)),
    };
  },
);

/** Without the places that logarithmic axes cannot show. */
function onAxes({ x, y }: Series, logX: boolean, logY: boolean): Series {
  const kept = Array.from(x, (_, i) => i).filter((i) => (!logX || x[i]! > 0) && (!logY || y[i]! > 0));
  return { x: kept.map((i) => x[i]!), y: kept.map((i) => y[i]!) };
}

/** The range of a logarithmic axis with margins. */
export function logRange(bands: readonly Pick<Band, 'low' | 'high'>[]): Range | null {
  let min = Number.POSITIVE_INFINITY;
  let max = 0;
  for (const { low, high } of bands) {
    for (const value of low) if (value > 0 && value < min) min = value;
    for (const value of high) if (Number.isFinite(value) && value > max) max = value;
  }
  if (!(max > 0 && min <= max)) return null;
  const margin = Math.max(1.15, Math.exp(0.035 * (Math.log(max) - Math.log(min))));
  return [Math.max(min / margin, Number.MIN_VALUE), Math.min(max * margin, Number.MAX_VALUE)];
}

/** Without other curves to set the scale, diverging curves are cut at this multiple of their start. */
const FAR = 1e3;

/**
 * The range of the vertical axis: what the curves that did not diverge need, so that a diverging one leaves through the
 * top. Null if there is nothing to show.
 */
export function rangeWith(bands: readonly Band[], diverged: readonly Series[], logY: boolean): Range | null {
  const drawn = bands.filter(({ x }) => x.length > 0);
  const starts = diverged.flatMap(({ y }) =>
    y.length === 0 || !Number.isFinite(y[0]!) ? [] : [{ low: [y[0]!], high: [y[0]! * FAR] }],
  );
  const shown = drawn.length > 0 ? drawn : starts;
  if (logY) {
    const range = logRange(shown);
    // A few decades above the others show how it leaves.
    return range && diverged.length > 0 && drawn.length > 0
      ? [range[0], Math.min(range[1] * FAR, Number.MAX_VALUE)]
      : range;
  }
  let [min, max] = [0, 0];
  for (const { low, high } of shown) {
    for (const value of high) if (Number.isFinite(value)) max = Math.max(max, value);
    for (const value of low) if (Number.isFinite(value)) min = Math.min(min, value);
  }
  return max > min ? [min < 0 ? 1.05 * min : 0, Math.min(1.05 * max, Number.MAX_VALUE)] : null;
}
