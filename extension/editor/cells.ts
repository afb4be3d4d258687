/** The numbers of one cell of the grid: a parameterization under an optimizer, over its seeds and the points of a sweep. */
import type { SampleBatch } from '../lab/results.ts';
import type { ExperimentView } from '../runs/record.ts';

export interface Cell {
  parameterization: string;
  optimizer: string;
  /** The mean over seeds at each point of the sweep, smallest and largest; equal where there is one point. */
  low: number;
  high: number;
  /** Standard deviation over seeds; null with one seed, or with more than one point. */
  deviation: number | null;
  /** The mean error along the training, a few values. */
  curve: number[];
}

/** What the cells measure. */
export interface Measure {
  /** `test error`, `train RMSE`, … */
  name: string;
  /** A share, shown in per cent. */
  isShare: boolean;
}

const CURVE_LENGTH = 6;

/** What is measured: the test error, or the train error where there are no test data. */
export function measureOf(view: ExperimentView): Measure | null {
  if (!view.grid) return null;
  const { errorName, test } = view.grid.problem;
  const isShare = errorName === 'error rate';
  return { name: `${test > 0 ? 'test' : 'train'} ${isShare ? 'error' : 'RMSE'}`, isShare };
}

/** The cells that have numbers, in the order of the grid. */
export function cellsOf(view: ExperimentView): Cell[] {
  const { grid } = view;
  if (!grid) return [];
  const onTest = grid.problem.test > 0;
  const samples = new Map(view.samples.map((batch) => [batch.run, batch]));
  const results = new Map(view.runs.map((run) => [run.id, onTest ? run.test?.error : run.train.error]));
  const newest = (run: number) => results.get(run) ?? lastOf(samples.get(run), onTest);
  return grid.parameterizations.flatMap((parameterization) =>
    grid.optimizers.flatMap(({ name: optimizer }) => {
      const runs = grid.runs.filter((run) => run.parameterization === parameterization && run.optimizer === optimizer);
      const byPoint = new Map<string, number[]>();
      for (const run of runs) {
        const error = newest(run.id);
        if (error === undefined) continue;
        const point = JSON.stringify(run.point);
        byPoint.set(point, [...(byPoint.get(point) ?? []), error]);
      }
      const means = [...byPoint.values()].map(mean);
      if (means.length === 0) return [];
      const [only] = byPoint.values();
      return {
        parameterization,
        optimizer,
        low: Math.min(...means),
        high: Math.max(...means),
        deviation: byPoint.size === 1 && only.length > 1 ? deviation(only) : null,
        curve: meanCurve(
          runs.flatMap(({ id }) => samples.get(id) ?? []),
          onTest,
        ),
      };
    }),
  );
}

const errorsOf = (batch: SampleBatch, onTest: boolean) => (onTest ? batch.testError : batch.trainError);

function lastOf(batch: SampleBatch | undefined, onTest: boolean): number | undefined {
  return batch && errorsOf(batch, onTest).at(-1);
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function deviation(values: readonly number[]): number {
  const center = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1));
}

/** The mean of several curves at a few samples, spread evenly over those they all have. */
function meanCurve(batches: readonly SampleBatch[], onTest: boolean): number[] {
  const curves = batches.map((batch) => errorsOf(batch, onTest));
  const length = Math.min(...curves.map((curve) => curve.length));
  if (curves.length === 0 || length < 2) return [];
  const points = Math.min(CURVE_LENGTH, length);
  return Array.from({ length: points }, (_, i) => {
    const at = Math.round((i * (length - 1)) / (points - 1));
    return mean(curves.map((curve) => curve[at]));
  });
}
