/** The record of an experiment that has ended: what it was, which runs it has, and what came of it. */
import * as v from 'valibot';
import { GridSchema, SpaceSchema } from '../../evaluator/protocol.ts';
import { encode } from '../../lab/encoding.ts';
import type { ClaimResult, PathSpace, Summary, Theory } from '../../lab/results.ts';
import type { GridPlan } from '../../report/grid.ts';

import type { DataFile, SourceText } from '../../report/recalled.ts';
import type { ExperimentRecordOutcome } from '../../report/view.ts';
import { anyNumber } from './anyNumber.ts';
import { decoded } from './decoded.ts';
import { GPU_RUN, RUN, type RunKind } from './recordStore.ts';

import { theoryFields } from './theorySchema.ts';

const FORMAT = 1;

export interface ExperimentRecord {
  name: string;
  /** Path of the lab file from the folder of the store, with slashes. */
  file: string;
  outcome: ExperimentRecordOutcome;
  /** When it ended, in milliseconds since the epoch. */
  date: number;
  /** The version of Depth Lab. */
  version: string;
  /** Wall-clock seconds; null if it did not finish. */
  seconds: number | null;
  /** The lab file and the local files that it imports, as they were. Paths are relative to the folder of the lab file. */
  sources: SourceText[];
  /** The data files that it read. */
  data: DataFile[];
  grid: GridPlan;
  spaces: PathSpace[];
  pictureSpace: PathSpace;
  pathBytes: number;
  /** The record of each run, by the run's id; null for runs that did not end or are not stored. */
  runs: (RunReference | null)[];
  theory: Theory[];
  claims: ClaimResult[];
  summary: Summary | null;
}

/** Names the record of a run. */
export interface RunReference {
  kind: RunKind;
  key: string;
}

const point = v.nullable(v.record(v.string(), v.union([v.number(), v.string(), v.boolean()])));
const path = v.strictObject({ count: v.number(), distance: anyNumber, startDistance: anyNumber });
const schema = v.pipe(
  v.strictObject({
    format: v.literal(FORMAT),
    name: v.string(),
    file: v.string(),
    outcome: v.picklist(['finished', 'canceled', 'failed']),
    date: v.number(),
    version: v.string(),
    seconds: v.nullable(v.number()),
    sources: v.array(v.strictObject({ file: v.string(), text: v.string() })),
    data: v.array(v.strictObject({ file: v.string(), hash: v.string() })),
    grid: GridSchema,
    spaces: v.array(SpaceSchema),
    pictureSpace: SpaceSchema,
    pathBytes: v.number(),
    runs: v.array(v.nullable(v.strictObject({ kind: v.picklist([RUN, GPU_RUN]), key: v.string() }))),
    theory: v.array(v.strictObject({ point, seed: v.number(), ...theoryFields })),
    claims: v.array(
      v.strictObject({
        claim: v.string(),
        holds: v.boolean(),
        error: v.nullable(v.string()),
        values: v.optional(v.array(v.strictObject({ expression: v.string(), value: anyNumber }))),
        wanted: v.optional(v.string()),
      }),
    ),
    summary: v.nullable(
      v.strictObject({
        sentence: v.string(),
        paths: v.record(v.string(), v.nullable(path)),
        space: v.nullable(SpaceSchema),
        pathsAt: v.optional(v.array(v.record(v.string(), v.nullable(path)))),
      }),
    ),
  }),
  v.check(({ grid, runs, spaces, theory }) => {
    const { length } = grid.runs;
    const [cells, seeds] = [new Set(grid.parameterizations), new Set(grid.seeds)];
    const optimizers = new Set(grid.optimizers.map(({ name }) => name));
    const isInPlace = grid.runs.every(
      ({ id, parameterization, optimizer, seed }, position) =>
        id === position && cells.has(parameterization) && optimizers.has(optimizer) && seeds.has(seed),
    );
    const known = theory.flatMap(({ curves, comparisons }) => [...curves, ...comparisons]);
    return isInPlace && runs.length === length && spaces.length === length && known.every(({ run }) => run < length);
  }),
);

export function encodeExperiment(record: ExperimentRecord): Uint8Array {
  return encode({ format: FORMAT, ...record });
}

/** Null for bytes that are no record of this format. */
export function decodeExperiment(bytes: Uint8Array): ExperimentRecord | null {
  const read = decoded(bytes, schema);
  if (!read) return null;
  const { format: _format, ...record } = read;
  return record;
}
