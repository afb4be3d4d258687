/**
 * The record of a run: everything that is needed to show it again, to the bit. What was read is checked before it is
 * used, since stored bytes may come from anywhere.
 */
import * as v from 'valibot';
import { encode } from '../../lab/encoding.ts';
import type { Quantities, RunIdentity } from '../../lab/results.ts';
import type { Sample, TrainedRun } from '../../lab/run.ts';
import { anyNumber } from './anyNumber.ts';
import { decoded } from './decoded.ts';

/** Incremented when the format changes: records of other formats are not read. */
const FORMAT = 1;

/** What a run computed, without its place in a grid and what other runs tell of it. */
export interface RunRecord {
  /** The arithmetic of the machine that computed it; see `fingerprint.ts`. */
  fingerprint: string;
  samples: Sample[];
  result: Omit<TrainedRun, keyof RunIdentity>;
}

const numbers = v.instance(Float64Array);
const optionalNumber = v.optional(anyNumber);
const quantities = v.strictObject({ loss: anyNumber, error: anyNumber });
const solver = v.strictObject({
  solver: v.string(),
  fisher: v.string(),
  rank: v.nullable(anyNumber),
  size: anyNumber,
  dropped: optionalNumber,
  condition: v.nullable(anyNumber),
  iterations: optionalNumber,
  residual: optionalNumber,
});
const result = v.strictObject({
  steps: anyNumber,
  time: anyNumber,
  engine: v.picklist(['cpu', 'gpu']),
  device: v.string(),
  fallback: v.optional(v.string()),
  together: optionalNumber,
  seconds: anyNumber,
  train: quantities,
  test: v.nullable(quantities),
  gap: v.nullable(quantities),
  margins: v.nullable(v.strictObject({ min: anyNumber, mean: anyNumber, max: anyNumber })),
  norms: v.nullable(v.record(v.string(), anyNumber)),
  predictor: v.nullable(numbers),
  outputs: numbers,
  diverged: optionalNumber,
  unsolved: optionalNumber,
  singular: optionalNumber,
  kink: optionalNumber,
  imprecise: optionalNumber,
  solver: v.optional(solver),
  parameters: v.nullable(numbers),
});
const snapshot = v.strictObject({ at: anyNumber, predictor: v.nullable(numbers), outputs: numbers });
const record = v.pipe(
  v.strictObject({
    format: v.literal(FORMAT),
    fingerprint: v.string(),
    /** Columns: step, time, and losses and errors on training and test data (NaN without test data). */
    columns: v.strictTuple([numbers, numbers, numbers, numbers, numbers, numbers]),
    hasTest: v.boolean(),
    snapshots: v.array(snapshot),
    result,
  }),
  v.check(({ columns, snapshots, result: { predictor, outputs } }) => {
    const [{ length }] = columns;
    const isInside = snapshots.every(({ at }) => Number.isInteger(at) && at >= 0 && at < length);
    const isAlike = snapshots.every(
      (one) => one.predictor?.length === predictor?.length && one.outputs.length === outputs.length,
    );
    return isInside && isAlike && columns.every((column) => column.length === length);
  }),
);

/** A run's record as bytes; float64 numbers are kept to the bit. */
export function encodeRun({ fingerprint, samples, result: ended }: RunRecord): Uint8Array {
  const column = (of: (sample: Sample) => number) => Float64Array.from(samples, of);
  const test = (of: (test: Quantities) => number) => column((sample) => (sample.test ? of(sample.test) : Number.NaN));
  return encode({
    format: FORMAT,
    fingerprint,
    columns: [
      column(({ step }) => step),
      column(({ time }) => time),
      column(({ train }) => train.loss),
      column(({ train }) => train.error),
      test(({ loss }) => loss),
      test(({ error }) => error),
    ],
    hasTest: samples.some((sample) => sample.test !== null),
    snapshots: samples.flatMap(({ predictor, outputs }, at) => (outputs ? [{ at, predictor, outputs }] : [])),
    result: ended,
  });
}

/** Null for bytes that are no record of this format. */
export function decodeRun(bytes: Uint8Array): RunRecord | null {
  const read = decoded(bytes, record);
  if (!read) return null;
  const { fingerprint, columns, hasTest, snapshots, result: ended } = read;
  const [step, time, trainLoss, trainError, testLoss, testError] = columns;
  const samples = Array.from(
    step,
    (at, i): Sample => ({
      step: at,
      time: time[i]!,
      train: { loss: trainLoss[i]!, error: trainError[i]! },
      test: hasTest ? { loss: testLoss[i]!, error: testError[i]! } : null,
      predictor: null,
      outputs: null,
    }),
  );
  for (const { at, predictor, outputs } of snapshots) Object.assign(samples[at]!, { predictor, outputs });
  return { fingerprint, samples, result: ended as RunRecord['result'] };
}
