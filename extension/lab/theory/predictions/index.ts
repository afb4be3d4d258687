/** All predictions in display order, one line each. */
import { hyperbolicEntropyPrediction } from './hyperbolicEntropy.ts';
import { leastL1Direction, leastL1Interpolator } from './leastL1.ts';
import { leastNuclearNormPrediction } from './leastNuclearNorm.ts';
import { leastSquares } from './leastSquares.ts';
import { maxL1MarginPrediction } from './maxL1Margin.ts';
import { maxL2MarginPrediction } from './maxL2Margin.ts';
import { minimumNormDirection, minimumNormInterpolator } from './minimumNorm.ts';
import { naturalFlowLimitPrediction } from './naturalFlowLimit.ts';
import { populationFlowPrediction } from './populationFlow.ts';
import type {
  DataPrediction,
  Prediction,
  PredictionDefinition,
  RunPrediction,
  StartPrediction,
  TrainingData,
} from './prediction.ts';

const definitions: readonly PredictionDefinition[] = [
  maxL2MarginPrediction,
  maxL1MarginPrediction,
  leastSquares,
  minimumNormDirection,
  minimumNormInterpolator,
  leastL1Direction,
  leastL1Interpolator,
  leastNuclearNormPrediction,
  naturalFlowLimitPrediction,
  populationFlowPrediction,
  hyperbolicEntropyPrediction,
];

const from = <F extends PredictionDefinition['from']>(kind: F) =>
  definitions.filter((one): one is Extract<PredictionDefinition, { from: F }> => one.from === kind);

export const dataPredictions: readonly DataPrediction[] = from('data');
export const startPredictions: readonly StartPrediction[] = from('start');
export const runPredictions: readonly RunPrediction[] = from('run');

/** The prediction with its description, if it applies. */
export async function predicted<D extends PredictionDefinition>(
  definition: D,
  predict: (definition: D) => Float64Array | null | Promise<Float64Array | null>,
): Promise<Prediction[]> {
  const point = await predict(definition);
  const { name, kind, meaning, source } = definition;
  return point ? [{ name, kind, point, meaning, source }] : [];
}

/** The predictions that depend only on the training data. */
export async function predictionsOf(data: TrainingData): Promise<Prediction[]> {
  const found: Prediction[] = [];
  for (const definition of dataPredictions) found.push(...(await predicted(definition, (one) => one.predict(data))));
  return found;
}
