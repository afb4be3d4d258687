/** The training data of one or two dimensions, with what the models make of them. */
import { counts } from '../../extension/lab/results/index.ts';
import { cellKey, cellName } from '../cells.ts';
import { number } from '../format.ts';
import type { Mark } from '../plot/marks.ts';
import { type Range, rangeOf } from '../plot/ranges.ts';
import { placeText } from '../timeAxis.ts';
import type { PlotContents } from './contents.ts';
import { ALL_HIDDEN } from './emptyText.ts';
import type { ChartInput } from './input.ts';
import { modelAt } from './snapshots.ts';

/** The data of the first seed as columns; null if they are not known, or have more than two dimensions. */
function dataOf({ grid }: Pick<ChartInput, 'grid'>): { inputs: number[][]; targets: Float64Array } | null {
  const { trainInputs, trainTargets } = grid.problem;
  if (!trainInputs || !trainTargets || trainTargets.length === 0) return null;
  const dimension = trainInputs.length / trainTargets.length;
  if (dimension !== 1 && dimension !== 2) return null;
  const inputs = Array.from({ length: dimension }, (_, k) =>
    Array.from(trainTargets, (_, i) => trainInputs[i * dimension + k]!),
  );
  return { inputs, targets: trainTargets };
}

const padded = (range: Range | null): Range => {
  const [min, max] = range ?? [-1, 1];
  const margin = 0.08 * (max - min) || 1;
  return [min - margin, max + margin];
};

/** @returns null where there is nothing to draw, or the trajectories draw it: the plane of a regression is that of its predictors */
export function dataPlot(input: ChartInput): PlotContents | null {
  const data = dataOf(input);
  const { grid, cells, theme, time } = input;
  if (!data || (data.inputs.length === 2 && grid.problem.loss !== 'logistic')) return null;
  const [first = [], second] = data.inputs;
  const x = padded(rangeOf(first));
  const y = padded(rangeOf(second ?? Array.from(data.targets)));
  const isPlane = second !== undefined;
  const models = modelsIn(input);
  const lines = models.flatMap(({ cell, predictor, outputs }) => {
    const { colour, dash, dashOffset } = input.style(cell.parameterization, cell.optimizer);
    const look = { kind: 'line' as const, cell: cellKey(cell), colour, dash, dashOffset, width: 2 };
    if (isPlane) return predictor ? boundary(predictor, x, y, look) : [];
    return fitted(first, predictor, outputs, x, {
      ...look,
      reading: { name: cellName(cell), text: (value) => number(value) },
    });
  });
  const isFunction = !isPlane && models.some(({ predictor }) => !predictor);
  return {
    spec: {
      theme,
      marks: [
        ...(isPlane ? planePoints(first, second, data.targets, input) : linePoints(first, data.targets, input)),
        ...lines,
      ],
      isEqual: isPlane,
      x: { title: isPlane ? 'x₁' : 'x', min: x[0], max: x[1] },
      y: { title: isPlane ? 'x₂' : 'y, f(x)', min: y[0], max: y[1] },
    },
    empty: cells.length === 0 ? ALL_HIDDEN : null,
    subtitle: `${isPlane ? 'decision boundaries' : 'fitted functions'} at ${time.moment === null ? 'the end' : placeText(time.abscissa, time.moment)}${grid.seeds.length > 1 ? `, seed ${grid.seeds[0]}` : ''}`,
    caption: isPlane
      ? '● label 1, ○ label −1; lines: where f = 0.'
      : `○ training data.${isFunction ? ' Fitted functions are known at the training inputs; straight lines join them.' : ''}`,
    spoken: `${data.targets.length} training examples with ${isPlane ? 'the decision boundaries' : 'the fitted functions'} of ${models.map(({ cell }) => cellName(cell)).join(', ')}`,
    table: {
      columns: [
        ...data.inputs.map((_, k) => (isPlane ? `x${k + 1}` : 'x')),
        'y',
        ...models.map(({ cell }) => `f, ${cellName(cell)}`),
      ],
      rows: Array.from(data.targets, (target, i) => [
        ...data.inputs.map((column) => number(column[i])),
        number(target),
        ...models.map(({ outputs }) => number(outputs?.[i])),
      ]),
    },
  };
}

function modelsIn({ cells, experiment, grid, time }: ChartInput) {
  return cells.flatMap((cell) => {
    const run = cell.runs.find(({ seed }) => seed === grid.seeds[0]);
    const result = run && experiment.runs.get(run.id);
    if (!run || (result && !counts(result))) return [];
    const model = modelAt(experiment, run.id, time);
    return model ? [{ cell, predictor: model.predictor, outputs: model.outputs }] : [];
  });
}

type Look = Omit<Extract<Mark, { kind: 'line' }>, 'x' | 'y'>;

/** The line w·x = 0 through the window. */
function boundary(predictor: ArrayLike<number>, x: Range, y: Range, look: Look): Mark[] {
  const [w1 = 0, w2 = 0] = Array.from(predictor);
  const size = Math.hypot(w1, w2);
  if (!(size > 0) || !Number.isFinite(size)) return [];
  const reach = 3 * Math.max(...x.map(Math.abs), ...y.map(Math.abs));
  const [dx, dy] = [(-w2 / size) * reach, (w1 / size) * reach];
  return [{ ...look, x: [-dx, dx], y: [-dy, dy] }];
}

/** f(x) = w·x, or the outputs at the training inputs. */
function fitted(
  inputs: readonly number[],
  predictor: ArrayLike<number> | null,
  outputs: ArrayLike<number> | null,
  x: Range,
  look: Look,
): Mark[] {
  if (predictor) return [{ ...look, x: [...x], y: x.map((at) => at * predictor[0]!) }];
  if (!outputs || outputs.length !== inputs.length) return [];
  const order = inputs.map((_, i) => i).sort((a, b) => inputs[a]! - inputs[b]!);
  return [{ ...look, x: order.map((i) => inputs[i]!), y: order.map((i) => outputs[i]!) }];
}

function planePoints(
  first: readonly number[],
  second: readonly number[],
  targets: Float64Array,
  { theme }: ChartInput,
): Mark[] {
  return [1, -1].map((label): Mark => {
    const at = first.map((_, i) => i).filter((i) => targets[i]! > 0 === label > 0);
    const look = {
      shape: 'circle' as const,
      radius: 3.5,
      fill: label > 0 ? theme.foreground : theme.surface,
      stroke: theme.foreground,
      strokeWidth: 1.25,
    };
    return { kind: 'points', x: at.map((i) => first[i]!), y: at.map((i) => second[i]!), ...look };
  });
}

function linePoints(first: readonly number[], targets: Float64Array, { theme }: ChartInput): Mark[] {
  const look = {
    shape: 'circle' as const,
    radius: 3,
    fill: theme.surface,
    stroke: theme.foreground,
    strokeWidth: 1.25,
  };
  return [{ kind: 'points', x: first, y: Array.from(targets), ...look }];
}
