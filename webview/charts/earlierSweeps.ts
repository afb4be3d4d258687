/** The sweeps of pinned runs, to be compared with the one on view. */
import { pointKey } from '../../extension/lab/results/index.ts';
import type { ChartInput } from './input.ts';
import { type SweepData, type SweepValue, sweepDataOf } from './sweepData.ts';

/** The sweep of a pinned run. */
export interface EarlierSweep {
  /** What the pinned run is called. */
  name: string;
  data: SweepData;
}

/** Those that show the same quantity over the same axes, at the chosen point of the sweep on view. */
export function earlierSweeps(
  { pinned = [], grid }: ChartInput,
  { metric, placement, chosen }: SweepData,
): EarlierSweep[] {
  return pinned.flatMap((then) => {
    const data = sweepDataOf(then);
    if (!data || data.metric.key !== metric.key) return [];
    const [now, before] = [placement, data.placement].map(({ across, up, rows }) =>
      [across, up, rows].map((axis) => axis?.name),
    );
    if (String(now) !== String(before)) return [];
    const wanted = pointKey(grid.points[chosen] ?? null);
    const same = then.grid.points.findIndex((point) => pointKey(point) === wanted);
    return [{ name: then.name, data: { ...data, chosen: Math.max(0, same) } }];
  });
}

/** What the latest pinned run has for a cell at a point of the sweep on view; null if it has nothing there. */
export function earlierValue(
  [latest]: readonly EarlierSweep[],
  { points }: SweepData,
  key: string,
  point: number,
): SweepValue | null {
  if (!latest) return null;
  const row = latest.data.rows.find((one) => one.key === key);
  const wanted = pointKey(points.at(point));
  const at = row?.values.findIndex((_, i) => pointKey(latest.data.points.at(i)) === wanted) ?? -1;
  return row?.values[at] ?? null;
}
