/**
 * The record of a run: everything that is needed to show it again, to the bit. What was read is checked before it is
 * used, since stored bytes may come from anywhere.
 */
import * as v from 'valibot';
import { encode } from '../../lab/encoding.ts';
import type { RunIdentity } from '../../lab/results.ts';
import type { Sample, TrainedRun } from '../../lab/run.ts';
import { areWhole, pack, unpack } from '../packedSamples.ts';
import { anyNumber } from './anyNumber.ts';
import { decoded } from './decoded.ts';

/** Incremented when the format changes: records of other formats are not read. */
const FORMAT = 2;

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
const packed = v.strictObject({
  numbers,
  predictors: numbers,
  outputs: numbers,
  predictorSize: anyNumber,
  outputSize: anyNumber,
});
const record = v.pipe(
  v.strictObject({ format: v.literal(FORMAT), fingerprint: v.string(), samples: packed, result }),
  v.check(({ samples, result: { predictor, outputs } }) => {
    const { predictorSize, outputSize } = samples;
    const isAlike = [0, predictor?.length].includes(predictorSize) && [0, outputs.length].includes(outputSize);
    return isAlike && areWhole(samples);
  }),
);

/** A run's record as bytes; float64 numbers are kept to the bit. */
export function encodeRun({ fingerprint, samples, result: ended }: RunRecord): Uint8Array {
  return encode({ format: FORMAT, fingerprint, samples: pack(samples), result: ended });
}

/** Null for bytes that are no record of this format. */
export function decodeRun(bytes: Uint8Array): RunRecord | null {
  const read = decoded(bytes, record);
  if (!read) return null;
  const { fingerprint, samples, result: ended } = read;
  return { fingerprint, samples: unpack(samples), result: ended as RunRecord['result'] };
}
