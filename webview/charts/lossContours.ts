/** Contours of the training loss over the plane of two-dimensional predictors. */
import type { GridPlan } from '../../extension/report/grid.ts';
import { translucent } from '../palette.ts';
import type { SegmentsMark } from '../plot/marks.ts';
import type { View } from '../plot/ranges.ts';
import { type Contour, contoursOf } from './contours.ts';
import { shownSeed } from './functionSpace.ts';
import type { ChartInput } from './input.ts';

/** Places along each side at which the loss is computed, and the most examples for which it is. */
const SIDE = 112;
const MOST_EXAMPLES = 2000;

/** The contours around what is shown; none if the data of the seed on view are not known. */
export function contourMarks(input: ChartInput, view: View): SegmentsMark[] {
  const { grid, theme } = input;
  const { trainInputs, trainTargets } = grid.problem;
  if (!trainInputs || !trainTargets || shownSeed(input) !== grid.seeds[0]) return [];
  if (trainInputs.length !== 2 * trainTargets.length || trainTargets.length > MOST_EXAMPLES) return [];
  return cached(grid, view).map(({ segments }, i, all) => ({
    kind: 'segments',
    places: segments,
    colour: translucent(theme.foreground, 0.12 + (0.16 * (all.length - i)) / all.length),
    width: 1,
  }));
}

let last: { key: string; contours: Contour[] } | null = null;

function cached({ problem, experiment }: GridPlan, { x, y }: View): Contour[] {
  const key = JSON.stringify([experiment, problem.description, problem.trainTargets?.[0], x, y]);
  if (last?.key !== key) last = { key, contours: lossContours(problem, { x, y }) };
  return last.contours;
}

type Data = Pick<GridPlan['problem'], 'trainInputs' | 'trainTargets' | 'loss'>;

/** Contours of the loss in a window around the view, which may be wider than it is high, or higher than it is wide. */
export function lossContours(problem: Data, { x, y }: View): Contour[] {
  const reach = 1.4 * Math.max(x[1] - x[0], y[1] - y[0]) || 1;
  const [middleX, middleY] = [(x[0] + x[1]) / 2, (y[0] + y[1]) / 2];
  const place = (middle: number, k: number) => middle + reach * ((2 * k) / (SIDE - 1) - 1);
  const xs = Array.from({ length: SIDE }, (_, k) => place(middleX, k));
  const ys = Array.from({ length: SIDE }, (_, k) => place(middleY, k));
  const values = ys.map((w2) => xs.map((w1) => lossAt(problem, w1, w2)));
  return contoursOf(xs, ys, values, levelsOf(values.flat()));
}

/** The mean training loss of a linear predictor. */
export function lossAt({ trainInputs, trainTargets, loss }: Data, w1: number, w2: number): number {
  const [inputs, targets] = [trainInputs ?? new Float64Array(), trainTargets ?? new Float64Array()];
  let sum = 0;
  for (let i = 0; i < targets.length; i++) {
    const f = w1 * inputs[2 * i]! + w2 * inputs[2 * i + 1]!;
    const y = targets[i]!;
    const margin = y * f;
    sum += loss === 'square' ? (f - y) ** 2 / 2 : Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin)));
  }
  return sum / targets.length;
}

/** Levels that lie closer near the smallest value. */
function levelsOf(values: readonly number[], count = 11): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[0]!, sorted[Math.floor(0.9 * sorted.length)]!];
  return Array.from({ length: count }, (_, k) => low + (high - low) * ((k + 0.4) / count) ** 2);
}
