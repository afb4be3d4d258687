import { type Cell, curvesOf, divergedCurves, type Known } from '../../extension/lab/results/index.ts';
import type { SampleBatch } from '../../extension/lab/results.ts';
import { type Band, bandOf } from '../statistics.ts';
import { thin } from '../thin.ts';
import type { Range } from './ranges.ts';

/** Points per curve, at most. */
const pointLimit = 240;

/** A curve that a run records. */
export type Column = 'trainLoss' | 'trainError' | 'testLoss' | 'testError';

/** The axes of a curve. */
export interface Axes {
  x: 'step' | 'time';
  logX: boolean;
  logY: boolean;
}

/** The seeds of a cell that did not diverge, as a band. */
export function cellBand(cell: Cell, known: Known, column: Column, axes: Axes): Band {
  return bandFor(curvesOf(cell.runs, known), column, axes);
}

/** The seeds of a cell that diverged, each as a curve: they are never averaged. */
export function divergedBands(cell: Cell, known: Known, column: Column, axes: Axes): Band[] {
  return divergedCurves(cell.runs, known).map((curve) => bandFor([curve], column, axes));
}

/** Curves as a band, without points that a logarithmic axis cannot show. */
function bandFor(curves: readonly SampleBatch[], column: Column, { x, logX, logY }: Axes): Band {
  const band = bandOf(curves.map((curve) => ({ x: curve[x], y: curve[column] })));
  const kept = thin(band.x, band.mean, pointLimit, logX ? 'log' : 'linear').filter((i) => !logY || band.mean[i] > 0);
  const pick = (values: number[]) => kept.map((i) => values[i]);
  const low = pick(band.low);
  const mean = pick(band.mean);
  const floor = [...low, ...mean].reduce(
    (least, value) => (value > 0 ? Math.min(least, value) : least),
    Number.MAX_VALUE,
  );
  return {
    x: pick(band.x),
    mean,
    low: logY ? low.map((value) => (value > 0 ? value : floor)) : low,
    high: pick(band.high),
    count: pick(band.count),
  };
}

/** The range of a logarithmic axis with margins, which Chart.js adds to linear axes only. */
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
 * Upper end of the vertical axis: what the other curves need, so that a diverging one leaves through the top; null to let
 * the chart choose.
 */
export function rangeWith(
  bands: readonly Band[],
  diverged: readonly Band[],
  logY: boolean,
): Partial<Record<'min' | 'max', number>> {
  const drawn = bands.filter(({ x }) => x.length > 0);
  const starts = diverged.flatMap(({ x, mean }) => (x.length > 0 ? [{ low: [mean[0]], high: [mean[0] * FAR] }] : []));
  const shown = drawn.length > 0 ? drawn : starts;
  if (logY) {
    // A few decades above the others show how it leaves.
    const range = logRange([...shown, ...starts]);
    return range ? { min: range[0], max: range[1] } : {};
  }
  if (starts.length === 0) return {};
  let max = 0;
  for (const { high } of shown) for (const value of high) if (Number.isFinite(value)) max = Math.max(max, value);
  return max > 0 ? { max: Math.min(1.05 * max, Number.MAX_VALUE) } : {};
}
