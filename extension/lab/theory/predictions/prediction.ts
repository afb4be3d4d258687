/** What a prediction is: a predictor that theory says training tends to, with its words. */
import { matrixRank } from '../../linearAlgebra/minimumNorm.ts';
import type { ProblemData } from '../../problems/problem.ts';
import { LARGEST_DATA } from '../dataLimits.ts';
import type { EndedRun } from '../run.ts';

/** Rows of inputs with their targets. */
export interface Rows {
  /** Row-major [n, d]. */
  x: Float64Array;
  n: number;
  d: number;
  y: Float64Array;
  /** Numerical rank of x; computed when it is first asked for. */
  rank(): number;
}

/** The training data of one seed. */
export interface TrainingData {
  data: ProblemData;
  /** Null where examples are entries of a matrix, and for more than {@link LARGEST_DATA} numbers. */
  rows: Rows | null;
}

export function trainingData(data: ProblemData): TrainingData {
  const { train, trainTargets: y } = data;
  if (train.kind !== 'rows' || train.values.length > LARGEST_DATA) return { data, rows: null };
  const { values: x, count: n, dimension: d } = train;
  let known: number | null = null;
  const rank = () => {
    known ??= matrixRank(x, n, d);
    return known;
  };
  return { data, rows: { x, n, d, y, rank } };
}

/** What is said of a prediction wherever it is shown. */
export interface PredictionWords {
  name: string;
  /** Under the logistic loss predictors grow without bound: only their direction is predicted. */
  kind: 'direction' | 'point';
  /** What tends there, and under which conditions: one sentence. */
  meaning: string;
  source: string;
}

/** A predictor that theory predicts, in the predictor's shape. */
export interface Prediction extends PredictionWords {
  point: Float64Array;
}

type Found = Float64Array | null | Promise<Float64Array | null>;

/** A prediction that needs the training data alone; null where it does not apply. */
export interface DataPrediction extends PredictionWords {
  from: 'data';
  predict(data: TrainingData): Found;
}

/** A prediction that needs the predictor at a run's start as well. */
export interface StartPrediction extends PredictionWords {
  from: 'start';
  /** Whether it holds for a run; asked before {@link predict}, cheap questions first. */
  holdsFor(run: EndedRun, data: TrainingData, seed: number): boolean;
  /** @param start the predictor at the start, in its shape */
  predict(data: TrainingData, start: Float64Array): Found;
  /** Whether a run goes there itself: then the prediction is drawn among the trajectories. */
  isApproachedBy(run: EndedRun): boolean;
}

/** A prediction that needs the run's own parameterization. */
export interface RunPrediction extends PredictionWords {
  from: 'run';
  predict(data: TrainingData, run: EndedRun, seed: number): Found;
}

export type PredictionDefinition = DataPrediction | StartPrediction | RunPrediction;
