import type { SampleBatch } from '../../extension/lab/results.ts';
import type { Cell } from '../cells.ts';
import { type Band, bandOf } from '../statistics.ts';
import { thin } from '../thin.ts';
import type { Range } from './ranges.ts';

/** More points than this a curve cannot show in a panel. */
const pointLimit = 240;

/** A curve that a run records. */
export type Column = 'trainLoss' | 'trainError' | 'testLoss' | 'testError';

/** The seeds of a cell as one band, ready for its axes: points that a logarithmic axis cannot show are gone. */
export function cellBand(
  cell: Cell,
  samples: ReadonlyMap<number, SampleBatch>,
  column: Column,
  { x, logX, logY }: { x: 'step' | 'time'; logX: boolean; logY: boolean },
): Band {
  const series = cell.runs
    .map((run) => samples.get(run.id))
    .filter((curve): curve is SampleBatch => curve !== undefined)
    .map((curve) => ({ x: curve[x], y: curve[column] }));
  const band = bandOf(series);
  const kept = thin(band.x, band.mean, pointLimit, logX ? 'log' : 'linear').filter((i) => !logY || band.mean[i] > 0);
  const pick = (values: number[]) => kept.map((i) => values[i]);
  const low = pick(band.low);
  const mean = pick(band.mean);
  const floor = Math.min(...low.filter((value) => value > 0), ...mean);
  return {
    x: pick(band.x),
    mean,
    low: logY ? low.map((value) => (value > 0 ? value : floor)) : low,
    high: pick(band.high),
    count: pick(band.count),
  };
}

/** The range of a logarithmic axis with a margin above and below, which Chart.js leaves for linear axes alone. */
export function logRange(bands: readonly Band[]): Range | null {
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
