/**
 * Messages between the engine and an evaluator, the process that executes the user's code for one request. Everything
 * that crosses is plain data. Both sides check what they receive.
 */
import * as v from 'valibot';
import type { Instead } from '../lab/experiment.ts';
import type { Trajectory } from '../lab/metrics/invariance.ts';
import type { ClaimResult, PathSpace, RunIdentity, RunResult, Theory } from '../lab/results.ts';
import type { RunPlan } from '../lab/run.ts';
import type { Failure } from '../report/failure.ts';
import type { GridPlan } from '../report/grid.ts';
import type { DataFile, SourceText } from '../report/recalled.ts';
import type { StoredPaths } from './storedPaths.ts';

/** The file descriptor of the channel in the evaluator. */
export const CHANNEL_FD = 3;

/** The environment variable by which the children of user code are recognized; its value names the evaluator. */
export const MARK = 'DEPTH_LAB_EVALUATOR';

/** What the code of one lab file may use. */
export interface CodeLimits {
  /** Processor seconds for each stage: loading the file, planning one experiment, checking its claims. */
  seconds: number;
  /** Resident memory of the evaluator in bytes. */
  bytes: number;
}

/** What an experiment is shown as: its graphs and generated code in words, or a script in Python. */
export const explainedAs = ['text', 'numpy', 'jax'] as const;
export type ExplainedAs = (typeof explainedAs)[number];

/** A module of the user, ready to be executed. */
export interface SourceModule {
  /** `file:` URL without query. */
  url: string;
  format: 'module' | 'json';
  source: string;
  /** The URL of each statically imported module of the user, by specifier. */
  imports: Record<string, string>;
}

/** The runs of one parameterization under one optimizer at one point of a sweep: one for each seed. */
export interface PlannedCell extends Pick<RunIdentity, 'point' | 'parameterization' | 'optimizer'> {
  problem: RunPlan['problem'];
  program: RunPlan['program'];
  settings: RunPlan['optimizer'];
  steps: number;
  /** The space of their paths; the same for all cells of a point. */
  space: PathSpace;
}

/** A planned experiment. Its runs are its cells with each seed, cell after cell. */
export interface ExperimentPlan {
  grid: Omit<GridPlan, 'runs'>;
  cells: PlannedCell[];
  /** The space shown in the plot of trajectories. */
  pictureSpace: PathSpace;
  /** Predicted size of all paths. */
  pathBytes: number;
}

/** What the experiments of a file depend on besides its text and what it imports. */
export interface Dependencies {
  data: DataFile[];
  /** Functions that its code has called whose values differ from call to call. */
  volatile: string[];
}

/** A planned experiment, and what its file depends on as far as known then. */
export interface Planned {
  plan: ExperimentPlan;
  dependencies: Dependencies;
}

/** What claims are evaluated on. */
export interface ClaimInputs {
  runs: RunResult[];
  /** The paths in each space that is defined for all runs. */
  inSpace: Map<PathSpace, Map<number, Trajectory> | StoredPaths>;
  /** The space in which the invariance of each run is measured, by its position in the plan. */
  spaces: PathSpace[];
  theory: { answers: Theory[]; failureReason: string | null };
}

/** An experiment defined in the file. */
export interface DefinedExperiment {
  experiment: string;
  line: number;
  column: number;
}

/** A request to the evaluator. The first is `load`, after any rehearsals; each is answered before the next is sent. */
export type EvaluatorRequest =
  /** Loads and plans an experiment of our own: what V8 has compiled for it makes the user's faster. */
  | { type: 'rehearse'; module: SourceModule }
  /** `unsaved`: texts that are read in place of what the disk has. */
  | { type: 'load'; file: string; sources: SourceModule[]; unsaved: readonly SourceText[]; limits: CodeLimits }
  /** `workers`: number of concurrent runs in memory. */
  | { type: 'plan'; experiment: number; workers: number; instead: Instead }
  | { type: 'explain'; experiment: number; as: ExplainedAs; instead: Instead }
  | { type: 'claims'; experiment: number; inputs: ClaimInputs };

/** The answer to the pending request. */
export type EvaluatorAnswer =
  | { type: 'loaded'; experiments: DefinedExperiment[] }
  | ({ type: 'planned' } & Planned)
  | { type: 'explained'; text: string }
  | { type: 'claimed'; claims: ClaimResult[] }
  | { type: 'failed'; failure: Failure };

/** What a line of a file prints. */
export interface Printed {
  file: string;
  /** From 1. */
  line: number;
  text: string;
}

/** Sent at any time. */
export type EvaluatorNotice =
  | ({ type: 'printed' } & Printed)
  /** An error outside of a request: a timer, a rejected promise, code that goes on running. */
  | { type: 'uncaught'; failure: Failure }
  /** The process ends, and why: its code exceeded a limit or ended its process. */
  | { type: 'ending'; failure: Failure };

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const path = v.array(v.union([text, count]));
const fix = v.variant('type', [
  v.object({ type: v.literal('rename'), path, to: text }),
  v.object({ type: v.literal('set'), path, value: text }),
  v.object({ type: v.literal('replace'), was: text, text, imports: v.array(text) }),
]);
const failure = v.object({
  kind: v.picklist(['definition', 'run', 'load', 'engine']),
  message: text,
  hint: v.nullable(text),
  file: v.nullable(text),
  line: v.number(),
  column: v.number(),
  endLine: v.nullable(v.number()),
  endColumn: v.nullable(v.number()),
  experiment: v.nullable(text),
  fixes: v.array(fix),
});
const point = v.nullable(v.record(text, v.union([v.number(), text, v.boolean()])));
const identity = { id: count, point, parameterization: text, optimizer: text, seed: count };

const gridEntries = {
  experiment: text,
  line: v.number(),
  column: v.number(),
  problem: v.object({
    inputs: v.picklist(['rows', 'entries']),
    description: text,
    loss: v.picklist(['logistic', 'square']),
    errorName: v.picklist(['error rate', 'RMSE']),
    predictorShape: v.nullable(v.array(count)),
    train: count,
    test: count,
    truth: v.nullable(v.instance(Float64Array)),
    observed: v.nullable(v.instance(Int32Array)),
    trainTargets: v.optional(v.instance(Float64Array)),
    trainInputs: v.optional(v.instance(Float64Array)),
  }),
  parameterizations: v.array(text),
  optimizers: v.array(
    v.object({
      name: text,
      family: v.picklist(['gradient', 'natural gradient', 'other']),
      isFlow: v.optional(v.literal(true)),
      description: text,
    }),
  ),
  seeds: v.array(count),
  points: v.array(v.record(text, v.union([v.number(), text, v.boolean()]))),
  claims: v.array(text),
  steps: v.nullable(count),
  timeLimit: v.optional(v.number()),
};
/** The schema of {@link GridPlan}. */
export const GridSchema = v.object({ ...gridEntries, runs: v.array(v.object(identity)) });
/** The schema of {@link PathSpace}. */
export const SpaceSchema = v.picklist(['predictors', 'training outputs']);
const program = v.looseObject({
  graph: v.object({ nodes: v.array(v.looseObject({ op: text, shape: v.array(count) })) }),
  parameters: v.array(v.object({ name: text, node: count, shape: v.array(count) })),
  predictor: v.nullable(count),
  predictorShape: v.array(count),
});
const cell = v.object({
  point,
  parameterization: text,
  optimizer: text,
  problem: v.looseObject({ type: text }),
  program: v.custom<object>((value) => typeof value === 'object' && value !== null),
  settings: v.looseObject({ type: text }),
  steps: count,
  space: SpaceSchema,
});

const plan = v.object({
  grid: v.object(gridEntries),
  cells: v.pipe(
    v.array(cell),
    // Cells of different points share their programs, so each program is checked once.
    v.check((cells) => [...new Set(cells.map((one) => one.program))].every((one) => v.is(program, one))),
  ),
  pictureSpace: SpaceSchema,
  pathBytes: v.pipe(v.number(), v.minValue(0)),
});

const dependencies = v.object({
  data: v.array(v.object({ file: text, hash: text })),
  volatile: v.array(text),
});

const EvaluatorMessageSchema = v.variant('type', [
  v.object({
    type: v.literal('loaded'),
    experiments: v.array(v.object({ experiment: text, line: v.number(), column: v.number() })),
  }),
  v.object({ type: v.literal('planned'), plan, dependencies }),
  v.object({ type: v.literal('explained'), text }),
  v.object({
    type: v.literal('claimed'),
    claims: v.array(
      v.object({
        claim: text,
        holds: v.boolean(),
        error: v.nullable(text),
        values: v.optional(v.array(v.object({ expression: text, value: v.number() }))),
        wanted: v.optional(text),
      }),
    ),
  }),
  v.object({ type: v.literal('failed'), failure }),
  v.object({ type: v.literal('printed'), file: text, line: v.number(), text }),
  v.object({ type: v.literal('uncaught'), failure }),
  v.object({ type: v.literal('ending'), failure }),
]);

/** Whether a message of an evaluator is well-formed. */
export function isEvaluatorMessage(message: unknown): message is EvaluatorAnswer | EvaluatorNotice {
  return v.is(EvaluatorMessageSchema, message);
}

const limits = v.object({ seconds: v.number(), bytes: v.number() });
const instead = v.object({
  seeds: v.nullable(v.array(count)),
  steps: v.nullable(count),
  full: v.optional(v.boolean()),
});
const sourceModule = v.object({
  url: text,
  format: v.picklist(['module', 'json']),
  source: text,
  imports: v.record(text, text),
});
const EvaluatorRequestSchema = v.variant('type', [
  v.object({ type: v.literal('rehearse'), module: sourceModule }),
  v.object({
    type: v.literal('load'),
    file: text,
    sources: v.array(sourceModule),
    unsaved: v.array(v.object({ file: text, text })),
    limits,
  }),
  v.object({
    type: v.literal('plan'),
    experiment: count,
    workers: count,
    instead,
  }),
  v.object({ type: v.literal('explain'), experiment: count, as: v.picklist(explainedAs), instead }),
  v.object({
    type: v.literal('claims'),
    experiment: count,
    inputs: v.object({
      runs: v.array(v.looseObject({ id: count })),
      inSpace: v.instance(Map),
      spaces: v.array(SpaceSchema),
      theory: v.object({ answers: v.array(v.looseObject({})), failureReason: v.nullable(text) }),
    }),
  }),
]);

/** Whether a message to an evaluator is well-formed. */
export function isEvaluatorRequest(message: unknown): message is EvaluatorRequest {
  return v.is(EvaluatorRequestSchema, message);
}
