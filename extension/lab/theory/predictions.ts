/** Which predictors theory names for a problem's data, so that they can be shown beside the runs. */
import { matrixRank } from '../linearAlgebra/minimumNorm.ts';
import type { ProblemData } from '../problems/problem.ts';
import { leastL1Fit, maxL1Margin } from './leastL1.ts';
import { leastNuclearNorm } from './leastNuclearNorm.ts';
import { maxL2Margin } from './maxL2Margin.ts';
import { minimumNormFit } from './minimumNormFit.ts';
import { naturalFlowLimit } from './naturalFlowLimit.ts';
import { isOnlyMinimizer } from './nuclearUniqueness.ts';
import { populationFlowCompletion } from './populationFlow.ts';

/** A predictor that theory names. */
export type Prediction = {
  name: string;
  /** Under the logistic loss predictors grow without end: only their direction is predicted. */
  kind: 'direction' | 'point';
  /** The predictor, in the predictor's shape. */
  point: Float64Array;
  /** What tends there, and under which conditions: one sentence. */
  meaning: string;
  source: string;
};

/** Linear programs and fits on more numbers than this would take more than a few seconds: they are left out. */
export const LARGEST_DATA = 100_000;

/** Matrices with more entries than this are left without a least nuclear norm, for the same reason. */
export const LARGEST_COMPLETION = 2500;

/** How close to its minimum a nuclear norm must be proven to be, to be shown as the least one. */
const NUCLEAR_GAP = 1e-4;

/** Rows of inputs with their targets. */
interface Rows {
  x: Float64Array;
  n: number;
  d: number;
  y: Float64Array;
}

/**
 * The predictions that need the data alone. Logistic loss: the largest margins where the data are separable, and with
 * independent inputs the fits that make all margins equal. Square loss: the interpolators, or the least-squares fit.
 * Completion: the least nuclear norm. Data of more than {@link LARGEST_DATA} numbers and completions of more than
 * {@link LARGEST_COMPLETION} entries get none.
 * @param data as `drawProblem` draws them
 */
export async function predictionsOf(data: ProblemData): Promise<Prediction[]> {
  if (data.train.kind === 'entries') return completionPredictions(data);
  const rows = rowsOf(data);
  if (!rows || rows.x.length > LARGEST_DATA) return [];
  return data.loss === 'logistic' ? classifiers(rows) : regressors(rows);
}

/** Whether there is a run for which the limits of natural gradient flow hold, with the Fisher information over what. */
export interface NaturalFlows {
  train: boolean;
  population: boolean;
}

/**
 * The predictions that need a start as well. Logistic loss with more examples than dimensions: the limit of natural
 * gradient flow. Completion: where natural gradient flow with the population Fisher ends. They have the bounds of
 * {@link predictionsOf}, but for the end of the flow on a completion, which costs nothing.
 * @param start the predictor at the start of a run, in its shape
 * @param flows which of them have a run that they hold for
 */
export async function limitsFrom(data: ProblemData, start: Float64Array, flows: NaturalFlows): Promise<Prediction[]> {
  if (data.train.kind === 'entries') {
    if (!flows.population) return [];
    const [rows, columns] = data.predictorShape;
    return [
      {
        name: 'population flow',
        kind: 'point',
        point: populationFlowCompletion(
          start,
          data.train.indices,
          data.trainTargets,
          rows,
          columns,
          Number.POSITIVE_INFINITY,
        ),
        meaning:
          'Natural gradient flow with the population Fisher tends here from this start at any depth, while ∂W/∂θ keeps full rank: it never moves an unobserved entry.',
        source: 'Kerekes, Mészáros and Huszár 2021; derived from the definition of the flow',
      },
    ];
  }
  const rows = rowsOf(data);
  if (!rows || !flows.train || data.loss !== 'logistic' || rows.n <= rows.d || rows.x.length > LARGEST_DATA) return [];
  const { x, n, d, y } = rows;
  if (matrixRank(x, n, d) < d) return [];
  return predicted(await naturalFlowLimit(x, n, d, y, start), {
    name: 'natural flow limit',
    kind: 'direction',
    meaning:
      'Natural gradient flow without damping, with the Fisher information over the training inputs, tends to this direction from this start, whatever the parameterization while ∂w/∂θ keeps full rank, with an angle that shrinks like 1/t.',
    source: 'Kerekes, Mészáros and Huszár 2021; derived from the definition of the flow',
  });
}

async function classifiers({ x, n, d, y }: Rows): Promise<Prediction[]> {
  const found = [
    ...predicted(maxL2Margin(x, n, d, y)?.w ?? null, {
      name: 'max L2 margin',
      kind: 'direction',
      meaning: 'Gradient descent on a linear model tends to this direction, with an angle that shrinks like 1/log t.',
      source: 'Soudry et al. 2018',
    }),
    ...predicted(await maxL1Margin(x, n, d, y), {
      name: 'max L1 margin',
      kind: 'direction',
      meaning: 'Gradient descent on u² − v² tends to this direction from any start above 0, slowly.',
      source: 'Gunasekar et al. 2018; Lyu and Li 2020',
    }),
  ];
  if (n > d || matrixRank(x, n, d) < n) return found;
  return [
    ...found,
    {
      name: 'minimum-norm fit',
      kind: 'direction',
      point: minimumNormFit(x, n, d, y),
      meaning:
        'Natural gradient descent without damping, with the Fisher information over the training inputs, keeps a linear model from 0 on this direction: all margins are equal.',
      source: 'Kerekes, Mészáros and Huszár 2021; derived from the definition of the step',
    },
    ...predicted(await leastL1Fit(x, n, d, y), {
      name: 'least-L1 fit',
      kind: 'direction',
      meaning:
        'Of all directions with equal margins the one of least L1 norm: natural gradient flow on u² − v², without damping and over the training inputs, ends the nearer to it the smaller its start is.',
      source: 'Kerekes, Mészáros and Huszár 2021; derived from the definition of the flow',
    }),
  ];
}

async function regressors({ x, n, d, y }: Rows): Promise<Prediction[]> {
  const fit = { kind: 'point' as const, point: minimumNormFit(x, n, d, y) };
  if (n >= d) {
    // Otherwise many predictors share the least loss.
    if (matrixRank(x, n, d) < d) return [];
    return [
      {
        ...fit,
        name: 'least squares',
        meaning: 'Every optimizer that finds the least loss of a predictor that can be any vector ends here.',
        source: 'Gauss 1809',
      },
    ];
  }
  return [
    {
      ...fit,
      name: 'minimum-norm fit',
      meaning:
        'Gradient descent, and natural gradient descent with the Fisher information over the training inputs, tend here with a linear model from 0: of all interpolators the one of least L2 norm.',
      source: 'Penrose 1955; Gunasekar et al. 2018',
    },
    ...predicted(await leastL1Fit(x, n, d, y), {
      name: 'least-L1 fit',
      kind: 'point',
      meaning: 'Gradient descent on u² − v² tends here as its start goes to 0.',
      source: 'Woodworth et al. 2020',
    }),
  ];
}

function completionPredictions({ train, trainTargets, predictorShape: [rows, columns] }: ProblemData): Prediction[] {
  if (train.kind !== 'entries' || rows * columns > LARGEST_COMPLETION) return [];
  const fit = leastNuclearNorm(rows, columns, train.indices, trainTargets, { gap: 1e-8, iterations: 1000 });
  const isKnown = fit.gap <= NUCLEAR_GAP && isOnlyMinimizer(fit, rows, columns, train.indices);
  return predicted(isKnown ? fit.w : null, {
    name: 'least nuclear norm',
    kind: 'point',
    meaning:
      'Gradient flow over a product of two matrices was conjectured to tend here as its start goes to 0; deeper products prefer low rank still more.',
    source: 'Gunasekar et al. 2017; Arora et al. 2019',
  });
}

/** No prediction where there is no such predictor. */
function predicted(point: Float64Array | null, rest: Omit<Prediction, 'point'>): Prediction[] {
  return point ? [{ ...rest, point }] : [];
}

/** The training inputs as rows; null where they are entries. */
function rowsOf({ train, trainTargets }: ProblemData): Rows | null {
  if (train.kind !== 'rows') return null;
  return { x: train.values, n: train.count, d: train.dimension, y: trainTargets };
}
