/** The axis of everything that changes during training. */
import { counts } from '../extension/lab/results/index.ts';
import type { SampleBatch } from '../extension/lab/results.ts';
import type { GridPlan } from '../extension/report/grid.ts';
import { integer, number } from './format.ts';
import { memoized } from './memo.ts';
import type { Abscissa, Preferences } from './preferences.ts';
import type { Experiment } from './state.ts';

export interface TimeAxis {
  abscissa: Abscissa;
  isLog: boolean;
  /** Every place that has a sample, ascending: the stops of the slider. */
  stops: readonly number[];
  /** The place that the slider has been moved to; null for the end of each run. */
  moment: number | null;
}

/**
 * Flows that end within the first factor of each other, and all runs within the second, are drawn on a linear axis of
 * time: flows are compared at equal times, and steps beside them should at least be seen.
 */
const [SIMILAR, VISIBLE] = [3, 30];

/**
 * Flows share their time, not the steps of their integrator, so they are drawn over time; experiments of steps alone over
 * steps. Chosen by the user, the axis is what was chosen.
 */
export function abscissaOf(grid: Pick<GridPlan, 'optimizers'>, chosen: Abscissa | null): Abscissa {
  return chosen ?? (grid.optimizers.some(({ isFlow }) => isFlow) ? 'time' : 'step');
}

/** Whether the ends of some curves are further apart in time than a factor. */
function endsDiffer(curves: readonly SampleBatch[], factor: number): boolean {
  const ends = curves.flatMap(({ time }) => time.at(-1) || []);
  return ends.length > 0 && Math.max(...ends) > factor * Math.min(...ends);
}

/** The time axis of the visible runs. */
export function timeAxisOf(
  grid: GridPlan,
  { samples, runs }: Pick<Experiment, 'samples' | 'runs'>,
  visible: readonly { runs: readonly { id: number; optimizer: string }[] }[],
  preferences: Preferences,
  moment: number | null,
): TimeAxis {
  const abscissa = abscissaOf(grid, preferences.x);
  const curves = visible.flatMap((cell) =>
    cell.runs.flatMap(({ id, optimizer }) => {
      const result = runs.get(id);
      const curve = result && !counts(result) ? undefined : samples.get(id);
      return curve ? [{ optimizer, curve }] : [];
    }),
  );
  const all = curves.map(({ curve }) => curve);
  const flows = new Set(grid.optimizers.flatMap(({ name, isFlow }) => (isFlow ? name : [])));
  const compared = flows.size > 0 ? curves.filter(({ optimizer }) => flows.has(optimizer)) : curves;
  const isSpread =
    abscissa === 'step' ||
    endsDiffer(all, VISIBLE) ||
    endsDiffer(
      compared.map(({ curve }) => curve),
      SIMILAR,
    );
  return {
    abscissa,
    isLog: preferences.logX[abscissa] ?? isSpread,
    stops: stopsOf(all, abscissa),
    moment,
  };
}

/** The most stops of the slider. */
const MOST_STOPS = 400;

const stopsOf = memoized((curves: readonly SampleBatch[], abscissa: Abscissa): number[] => {
  const all = new Set<number>();
  for (const curve of curves) for (const at of curve[abscissa]) all.add(at);
  const sorted = Float64Array.from(all).sort();
  const stride = Math.max(1, Math.ceil(sorted.length / MOST_STOPS));
  return Array.from(sorted).filter((_, i) => i % stride === 0 || i === sorted.length - 1);
});

/** A place of the axis in words: `step 640`, `t = 6.4`. */
export function placeText(abscissa: Abscissa, at: number): string {
  return abscissa === 'step' ? `step ${integer(at)}` : `t = ${number(at)}`;
}

/** The title of the axis. */
export function axisTitle(abscissa: Abscissa, grid: Pick<GridPlan, 'optimizers'>): string {
  if (abscissa === 'step') return 'step';
  return grid.optimizers.every(({ isFlow }) => isFlow) ? 'time t' : 'time t = rate · step';
}
