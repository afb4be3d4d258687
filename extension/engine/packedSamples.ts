/**
 * Samples as they travel from one thread to another, and as they are stored: three arrays for all of them instead of two
 * for each, because a grid of short runs otherwise spends more time on messages and records than on training.
 */
import type { Sample } from '../lab/run.ts';

/** Per sample: step, time, loss and error on training and test data, and which of the following it has. */
const COLUMNS = 7;
const HAS_TEST = 1;
const HAS_OUTPUTS = 2;
const HAS_PREDICTOR = 4;

export interface PackedSamples {
  /** [count, {@link COLUMNS}]. */
  numbers: Float64Array;
  /** One after the other, those of the samples that have them; all of a run are of equal size. */
  predictors: Float64Array;
  outputs: Float64Array;
  predictorSize: number;
  outputSize: number;
}

export function pack(samples: readonly Sample[]): PackedSamples {
  const numbers = new Float64Array(COLUMNS * samples.length);
  samples.forEach(({ step, time, train, test, predictor, outputs }, i) => {
    const has = (test ? HAS_TEST : 0) + (outputs ? HAS_OUTPUTS : 0) + (predictor ? HAS_PREDICTOR : 0);
    const { loss, error } = test ?? { loss: 0, error: 0 };
    const at = i * COLUMNS;
    numbers[at] = step;
    numbers[at + 1] = time;
    numbers[at + 2] = train.loss;
    numbers[at + 3] = train.error;
    numbers[at + 4] = loss;
    numbers[at + 5] = error;
    numbers[at + 6] = has;
  });
  const predictors = samples.flatMap(({ predictor }) => (predictor ? [predictor] : []));
  const outputs = samples.flatMap((sample) => (sample.outputs ? [sample.outputs] : []));
  return {
    numbers,
    predictors: joined(predictors, Float64Array),
    outputs: joined(outputs, Float64Array),
    predictorSize: predictors[0]?.length ?? 0,
    outputSize: outputs[0]?.length ?? 0,
  };
}

/** Whether the arrays have the lengths that they say, wherever they come from. */
export function areWhole({ numbers, predictors, outputs, predictorSize, outputSize }: PackedSamples): boolean {
  if (numbers.length % COLUMNS !== 0) return false;
  let [withPredictor, withOutputs] = [0, 0];
  for (let at = COLUMNS - 1; at < numbers.length; at += COLUMNS) {
    const has = numbers[at]!;
    if (!Number.isInteger(has) || has < 0 || has > HAS_TEST + HAS_OUTPUTS + HAS_PREDICTOR) return false;
    if (has & HAS_PREDICTOR) withPredictor++;
    if (has & HAS_OUTPUTS) withOutputs++;
  }
  return predictors.length === withPredictor * predictorSize && outputs.length === withOutputs * outputSize;
}

/** What need not be copied when packed samples are sent. */
export function transferOf({ numbers, predictors, outputs }: PackedSamples): ArrayBuffer[] {
  return [numbers, predictors, outputs].map(({ buffer }) => buffer as ArrayBuffer);
}

/** Their predictors and outputs are views of the packed arrays: whoever sends one to another thread sends a copy. */
export function unpack({ numbers, predictors, outputs, predictorSize, outputSize }: PackedSamples): Sample[] {
  const samples: Sample[] = [];
  let [atPredictor, atOutputs] = [0, 0];
  for (let at = 0; at < numbers.length; at += COLUMNS) {
    const has = numbers[at + 6]!;
    const sample: Sample = {
      step: numbers[at]!,
      time: numbers[at + 1]!,
      train: { loss: numbers[at + 2]!, error: numbers[at + 3]! },
      test: has & HAS_TEST ? { loss: numbers[at + 4]!, error: numbers[at + 5]! } : null,
      predictor: null,
      outputs: null,
    };
    if (has & HAS_PREDICTOR) sample.predictor = predictors.subarray(atPredictor, (atPredictor += predictorSize));
    if (has & HAS_OUTPUTS) sample.outputs = outputs.subarray(atOutputs, (atOutputs += outputSize));
    samples.push(sample);
  }
  return samples;
}

/** Rows of equal length, one after the other. @param Numbers the kind of array that is made of them */
export function joined<Numbers extends Float32Array | Float64Array>(
  rows: readonly Float64Array[],
  Numbers: new (length: number) => Numbers,
): Numbers {
  const size = rows[0]?.length ?? 0;
  const all = new Numbers(rows.length * size);
  rows.forEach((row, i) => {
    all.set(row, i * size);
  });
  return all;
}
