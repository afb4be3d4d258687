/**
 * The protocol between the engine process and its clients. One discriminated union per direction; structured clone
 * preserves typed arrays.
 */
import * as v from 'valibot';
import { explainedAs } from '../evaluator/protocol.ts';
import { type ResultEvent, resultEventTypes } from '../report/events.ts';
import type { Failure } from '../report/failure.ts';
import type { GridPlan } from '../report/grid.ts';
import type { HistoryEntry } from '../report/history.ts';
import type { DataFile, Recalled, SourceText } from '../report/recalled.ts';

export type { CodeLimits, ExplainedAs } from '../evaluator/protocol.ts';
export type { CostTable, Rates as CostRates } from './gpu/costs/table.ts';

/** The engine's argument that there will be a single request. */
export const FOR_ONE = '--for-one-request';

/** The engine's argument that the user works beside it: its threads give way to what is drawn. */
export const BESIDE = '--beside-the-user';

/** The user's choice of engine. */
export type EngineChoice = 'auto' | 'cpu' | 'gpu';

/** What the code of the lab file may use; see CodeLimits. */
const limits = v.object({ seconds: v.pipe(v.number(), v.minValue(0)), bytes: v.pipe(v.number(), v.minValue(0)) });

/** Where results are kept; see StoreWishes. */
const store = v.object({
  folder: v.string(),
  fresh: v.boolean(),
  exact: v.boolean(),
  /** Bytes: when the engine ends with more, the oldest results go. */
  limit: v.pipe(v.number(), v.minValue(0)),
});

/** A part of a grid: the runs at positions ≡ index (mod count), both from 1. */
const shard = v.pipe(
  v.object({ index: v.pipe(v.number(), v.integer(), v.minValue(1)), count: v.pipe(v.number(), v.integer()) }),
  v.check(({ index, count }) => index <= count),
);

export type Shard = v.InferOutput<typeof shard>;

/** The store of a request, and what is asked of it. */
export type StoreRequest = v.InferOutput<typeof store>;

/** Seeds, steps and size instead of those of the definition. */
const instead = v.object({
  seeds: v.nullable(v.array(v.pipe(v.number(), v.integer(), v.minValue(0)))),
  steps: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
  full: v.optional(v.boolean()),
});

/** Texts that are read in place of what the disk has: those of editors with unsaved changes. */
const unsaved = v.array(v.object({ file: v.string(), text: v.string() }));

const RunRequestSchema = v.object({
  type: v.literal('run'),
  /** Chosen by the client, unique for the lifetime of the process, and included in every event. */
  request: v.number(),
  /** Absolute path of the lab file. */
  file: v.string(),
  /** Names of the experiments to run, null for all in the file. */
  experiments: v.nullable(v.array(v.string())),
  /** Worker threads, null for one per core. */
  workers: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
  engine: v.picklist(['auto', 'cpu', 'gpu']),
  /** Whether the machine's C compiler may be used for long runs; by default it may. */
  native: v.optional(v.boolean()),
  /** Null to keep nothing and look nothing up. */
  store: v.nullable(store),
  /** Only the runs at positions that leave this remainder, without theory and claims; null for all. */
  shard: v.nullable(shard),
  instead,
  /** Only the runs with this parameterization or optimizer, and those that are stored; null for all. */
  only: v.nullable(v.object({ parameterization: v.nullable(v.string()), optimizer: v.nullable(v.string()) })),
  /** Whether `ran` events come with {@link RunDetails}. */
  details: v.boolean(),
  /** Whether samples come with what is drawn of predictors and outputs; by default they do. */
  snapshots: v.optional(v.boolean()),
  /** Whether all parameterizations are inspected when they have run; otherwise only those that diverged. */
  inspection: v.optional(v.boolean()),
  unsaved,
  /** Whether this is a state of a text that is being typed: its runs are stored, but it is no part of the history. */
  draft: v.boolean(),
  /** Keys of runs that the asker has, with all samples: where they are stored, their samples are not sent again. */
  have: v.array(v.string()),
  limits,
});

/** Requests the experiments of one file in words or as scripts in Python, without training. */
const ExplainRequestSchema = v.object({
  type: v.literal('explain'),
  request: v.number(),
  file: v.string(),
  experiments: v.nullable(v.array(v.string())),
  as: v.picklist(explainedAs),
  instead,
  unsaved,
  limits,
});

/** Asks what can be said of the parameterizations of experiments of one file without training. */
const InspectRequestSchema = v.object({
  type: v.literal('inspect'),
  request: v.number(),
  file: v.string(),
  experiments: v.nullable(v.array(v.string())),
  /** Where the ends of runs are looked up; null for nowhere. */
  store: v.nullable(store),
  /** Whether a rate is looked for at which the runs do not diverge that are stored and did. */
  rates: v.boolean(),
  unsaved,
  limits,
});

/** Asks for what is stored of experiments of one file. */
const RecallRequestSchema = v.object({
  type: v.literal('recall'),
  request: v.number(),
  file: v.string(),
  /** `record` names one of an experiment's records, null the latest. */
  experiments: v.array(v.object({ experiment: v.string(), record: v.nullable(v.string()) })),
  store,
});

/** Asks for the history of an experiment, or for the latest record of every experiment in a store, after changes to it. */
const HistoryRequestSchema = v.object({
  type: v.literal('history'),
  request: v.number(),
  of: v.nullable(v.object({ file: v.string(), experiment: v.string() })),
  /** A file or folder whose records follow it to another path before. */
  moved: v.optional(v.object({ from: v.string(), to: v.string() })),
  /** Records to pin or to unpin before. */
  pins: v.array(v.object({ record: v.string(), isPinned: v.boolean() })),
  store,
});

export type HistoryRequest = v.InferOutput<typeof HistoryRequestSchema>;

export type RecallRequest = v.InferOutput<typeof RecallRequestSchema>;

export type ExplainRequest = v.InferOutput<typeof ExplainRequestSchema>;

export type InspectRequest = v.InferOutput<typeof InspectRequestSchema>;

/** Requests runs of experiments of one file. */
export type RunRequest = v.InferOutput<typeof RunRequestSchema>;

/** Requests to the engine, validated on arrival. */
export const EngineRequestSchema = v.variant('type', [
  RunRequestSchema,
  ExplainRequestSchema,
  InspectRequestSchema,
  RecallRequestSchema,
  HistoryRequestSchema,
  v.object({ type: v.literal('cancel'), request: v.number() }),
  /** Asks to start what the first run needs. Has no answer. */
  v.object({ type: v.literal('warm'), workers: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))) }),
]);

export type EngineRequest = v.InferOutput<typeof EngineRequestSchema>;

/** Events of one request, in the order: loaded, then per experiment depends, planned … finished, then ended. */
export type EngineEvent =
  /** The file was loaded; these experiments are defined in it. */
  | { type: 'loaded'; request: number; experiments: { experiment: string; line: number; column: number }[] }
  /** What an experiment is made of besides the lab file: modules and data files, with absolute paths. Comes before `planned`. */
  | { type: 'depends'; request: number; experiment: string; sources: SourceText[]; data: DataFile[] }
  /**
   * `keys`: what decides the numbers of each run, by the run's id, where they are stored. `carried`: the ids of the runs
   * that the asker has: their samples are not sent.
   */
  | { type: 'planned'; request: number; grid: GridPlan; keys?: string[]; carried?: number[] }
  /** A line of a file has printed something. */
  | { type: 'printed'; request: number; file: string; line: number; text: string }
  /** Something became known of an experiment's results. */
  | (ResultEvent & { request: number; experiment: string })
  /** An experiment is through: all its runs trained, its claims evaluated. `seconds` is the wall-clock time of training. */
  | { type: 'finished'; request: number; experiment: string; seconds: number }
  | { type: 'failed'; request: number; failure: Failure }
  /** The last event of every request. */
  | { type: 'ended'; request: number; outcome: 'done' | 'canceled' | 'failed' };

/** All messages of the engine, including answers to `explain`, `recall` and `history`. */
export type EngineAnswer =
  | EngineEvent
  | { type: 'explained'; request: number; experiment: string; text: string }
  /** What is stored of an experiment, and the texts with which it ran. */
  | ({ type: 'recalled'; request: number } & Recalled)
  /** The history that was asked for, the latest first. */
  | { type: 'history'; request: number; entries: HistoryEntry[] };

const EngineAnswerSchema = v.looseObject({
  type: v.picklist([
    'loaded',
    'explained',
    'recalled',
    'history',
    'depends',
    'printed',
    'planned',
    ...resultEventTypes,
    'finished',
    'failed',
    'ended',
  ]),
  request: v.number(),
});

/**
 * Validates type and request of an engine message. The payload is a structured clone from our own process and too large
 * to validate for every sample.
 */
export function isEngineAnswer(message: unknown): message is EngineAnswer {
  return v.is(EngineAnswerSchema, message);
}
