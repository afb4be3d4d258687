import type { TheoryCurve } from '../../extension/lab/results.ts';
import { number } from '../format.ts';
import type { LineMark } from '../plot/marks.ts';
import { thin } from '../thin.ts';
import type { ChartInput } from './input.ts';

/** Places per predicted curve. */
const pointLimit = 80;

/** The training losses predicted by theory for the visible cells; runs with the same curve share one. */
export function theoryCurves({ cells, experiment, theme, time }: ChartInput, logY: boolean): LineMark[] {
  const runs = new Set(cells.flatMap((cell) => cell.runs.map(({ id }) => id)));
  const curves = distinct(experiment.theory.flatMap((theory) => theory.curves).filter(({ run }) => runs.has(run)));
  return curves.map((curve) => {
    const x = curve[time.abscissa];
    const kept = thin(x, curve.trainLoss, pointLimit, time.isLog ? 'log' : 'linear').filter(
      (i) => (!time.isLog || x[i]! > 0) && (!logY || curve.trainLoss[i]! > 0),
    );
    return {
      kind: 'line',
      x: kept.map((i) => x[i]!),
      y: kept.map((i) => curve.trainLoss[i]!),
      colour: theme.foreground,
      width: 2,
      dash: [1, 7],
      reading: { name: `theory: ${curve.name}`, text: (value) => number(value) },
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
