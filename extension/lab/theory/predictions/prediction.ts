/** A prediction: a predictor that training converges to according to theory, with a description. */
import { matrixRank } from '../../linearAlgebra/minimumNorm.ts';
import type { ProblemData } from '../../problems/problem.ts';
import { LARGEST_DATA } from '../dataLimits.ts';
import type { PredictionName } from '../names.ts';
import type { EndedRun } from '../run.ts';

/** Input rows with their targets. */
export interface Rows {
  /** Row-major [n, d]. */
  x: Float64Array;
  n: number;
  d: number;
  y: Float64Array;
  /** Numerical rank of x; computed on first use. */
  rank(): number;
}

/** The training data of one seed. */
export interface TrainingData {
  data: ProblemData;
  /** Null if examples are entries of a matrix, and for more than {@link LARGEST_DATA} numbers. */
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

/** The description of a prediction. */
export interface PredictionWords {
  name: PredictionName;
  /** Under the logistic loss, predictors grow without bound: only their direction is predicted. */
  kind: 'direction' | 'point';
  /** What converges to it, and under which conditions: one sentence. */
  meaning: string;
  source: string;
}

/** A predicted predictor, in the predictor's shape. */
export interface Prediction extends PredictionWords {
  point: Float64Array;
}

type Found = Float64Array | null | Promise<Float64Array | null>;

/** A prediction that depends only on the training data; null if it does not apply. */
export interface DataPrediction extends PredictionWords {
  from: 'data';
  predict(data: TrainingData): Found;
}

/** A prediction that also depends on a run's initial predictor. */
export interface StartPrediction extends PredictionWords {
  from: 'start';
  /** Whether it applies to a run; checked before {@link predict}. */
  holdsFor(run: EndedRun, data: TrainingData, seed: number): boolean;
  /** @param start the initial predictor, in its shape */
  predict(data: TrainingData, start: Float64Array): Found;
  /** Whether the run itself converges to it, so that the prediction is drawn among the trajectories. */
  isApproachedBy(run: EndedRun): boolean;
}

/** A prediction that depends on the run's parameterization. */
export interface RunPrediction extends PredictionWords {
  from: 'run';
  predict(data: TrainingData, run: EndedRun, seed: number): Found;
}

export type PredictionDefinition = DataPrediction | StartPrediction | RunPrediction;
