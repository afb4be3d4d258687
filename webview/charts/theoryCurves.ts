import type { TheoryCurve } from '../../extension/lab/results.ts';
import { thin } from '../thin.ts';
import type { ScatterDataset } from './chartjs.ts';
import type { ChartInput } from './input.ts';

/** Dots per predicted curve. */
const pointLimit = 40;

/** The training losses predicted by theory for the visible cells; runs with the same curve share its dots. */
export function theoryCurves(
  { cells, experiment, theme }: ChartInput,
  { x, logX, logY }: { x: 'step' | 'time'; logX: boolean; logY: boolean },
): ScatterDataset[] {
  const runs = new Set(cells.flatMap((cell) => cell.runs.map(({ id }) => id)));
  const curves = distinct(experiment.theory.flatMap((theory) => theory.curves).filter(({ run }) => runs.has(run)));
  return curves.map((curve) => {
    const across = Array.from(curve[x]);
    const kept = thin(across, Array.from(curve.trainLoss), pointLimit, logX ? 'log' : 'linear');
    const isShown = (i: number) => (!logX || across[i] > 0) && (!logY || curve.trainLoss[i] > 0);
    return {
      data: kept.filter(isShown).map((i) => ({ x: across[i], y: curve.trainLoss[i] })),
      label: `theory: ${curve.name}, train`,
      pointStyle: 'circle' as const,
      pointRadius: 1.75,
      pointHitRadius: 4,
      pointBorderWidth: 0,
      pointBackgroundColor: theme.foreground,
      order: -1,
    };
  });
}

/** Curves without duplicates. */
function distinct(curves: readonly TheoryCurve[]): TheoryCurve[] {
  const seen = new Map<string, TheoryCurve>();
  for (const curve of curves) {
    const middle = curve.trainLoss.length >> 1;
    const values = [curve.trainLoss[0], curve.trainLoss[middle], curve.time[middle], curve.trainLoss.at(-1)];
    const key = values.map((value) => value?.toPrecision(4)).join(' ');
    if (!seen.has(key)) seen.set(key, curve);
  }
  return [...seen.values()];
}

/** The names of the theories behind these curves, for a caption; empty without any. */
export function theoriesNamed(labels: readonly (string | undefined)[]): string {
  const names = labels.flatMap((label) => label?.match(/^theory: (.*), train$/)?.[1] ?? []);
  return [...new Set(names)].join(', ');
}
