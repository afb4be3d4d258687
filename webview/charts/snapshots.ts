/** The models of runs during training, from their snapshots and their results. */
import type { RunResult, SampleBatch } from '../../extension/lab/results.ts';
import type { Experiment } from '../state.ts';
import type { TimeAxis } from '../timeAxis.ts';

type Row = Float32Array | Float64Array;

/** A run's models, from the first to the last. Rows have the same number as the places. */
export interface RunModels {
  run: number;
  step: number[];
  time: number[];
  predictors: Row[] | null;
  outputs: Row[];
}

/** One of them. */
export interface RunModel {
  step: number;
  time: number;
  predictor: Row | null;
  outputs: Row | null;
}

const made = new WeakMap<SampleBatch, { result: RunResult | undefined; models: RunModels | null }>();

/** The models of a run, ending with its result; null without snapshots. The same object as long as nothing is new. */
export function modelsOf({ samples, runs }: Pick<Experiment, 'samples' | 'runs'>, run: number): RunModels | null {
  const batch = samples.get(run);
  if (!batch) return null;
  const result = runs.get(run);
  const known = made.get(batch);
  if (known && known.result === result) return known.models;
  const models = readModels(batch, result);
  made.set(batch, { result, models });
  return models;
}

function readModels({ run, snapshots }: SampleBatch, result: RunResult | undefined): RunModels | null {
  if (!snapshots || snapshots.time.length === 0) return null;
  const { step, time, predictors, outputs } = snapshots;
  const models: RunModels = {
    run,
    step: Array.from(step),
    time: Array.from(time),
    predictors: predictors && rowsOf(predictors, time.length),
    outputs: rowsOf(outputs, time.length),
  };
  if (!result || !(result.time > time.at(-1)!) || (predictors && !result.predictor)) return models;
  models.step.push(result.steps);
  models.time.push(result.time);
  if (result.predictor) models.predictors?.push(result.predictor);
  models.outputs.push(result.outputs);
  return models;
}

function rowsOf(values: Float32Array, count: number): Row[] {
  const size = values.length / count;
  return Array.from({ length: count }, (_, k) => values.subarray(k * size, (k + 1) * size));
}

/** The model of a run at the slider's place: the latest that is not after it; the newest if the slider is at the end. */
export function modelAt(
  experiment: Pick<Experiment, 'samples' | 'runs'>,
  run: number,
  { abscissa, moment }: Pick<TimeAxis, 'abscissa' | 'moment'>,
): RunModel | null {
  const result = experiment.runs.get(run);
  if (moment === null && result)
    return { step: result.steps, time: result.time, predictor: result.predictor, outputs: result.outputs };
  const models = modelsOf(experiment, run);
  if (!models) {
    const predictor = moment === null ? (experiment.samples.get(run)?.predictor ?? null) : null;
    return predictor && { step: Number.NaN, time: Number.NaN, predictor, outputs: null };
  }
  const at = moment === null ? models.time.length - 1 : lastUpTo(models[abscissa], moment);
  if (at < 0) return null;
  return {
    step: models.step[at]!,
    time: models.time[at]!,
    predictor: models.predictors?.[at] ?? null,
    outputs: models.outputs[at] ?? null,
  };
}

/** The last position whose value is not above the limit; the first one for limits below all. */
export function lastUpTo(values: ArrayLike<number>, limit: number): number {
  let at = values.length > 0 ? 0 : -1;
  while (at + 1 < values.length && values[at + 1]! <= limit) at++;
  return at;
}
