/** Measurements of a run, during training and at its end. */
import { norms } from '../metrics/norms.ts';
import { margins, quantities } from '../metrics/quantities.ts';
import type { ProblemData } from '../problems/problem.ts';
import type { Quantities, RunIdentity, RunResult } from '../results.ts';
import type { Model } from './model.ts';
import { MEASURE, type Trainer } from './trainer.ts';

/** A run at one step. */
export interface Sample {
  step: number;
  time: number;
  train: Quantities;
  test: Quantities | null;
  /** The predictor, or null if this sample does not include it. */
  predictor: Float64Array | null;
  /** f on the training points, with the predictor. */
  outputs: Float64Array | null;
}

/** A run in progress. */
export interface Running {
  identity: RunIdentity;
  trainer: Pick<Trainer, 'module' | 'report'>;
  model: Model;
}

/** The progress of a run: its steps and its time. */
export interface Position {
  step: number;
  time: number;
}

/** Measures a run at its current parameters. */
export function measure({ trainer, model }: Running, { step, time }: Position, isSnapshot: boolean): Sample {
  const { module } = trainer;
  const { data } = model;
  module.entry(MEASURE)(1);
  const outputs = module.view(model.trainOutputs);
  return {
    step,
    time,
    train: quantities(data.loss, outputs, data.trainTargets),
    test: testQuantities(module, model, data),
    predictor: isSnapshot && model.predictor !== null ? snapshotOf(module.view(model.predictor)) : null,
    outputs: isSnapshot ? snapshotOf(outputs) : null,
  };
}

/** Numbers of a block of memory that small snapshots share: memory of its own costs more than such a snapshot. */
const BLOCK = 8192;
let block = new Float64Array(BLOCK);
let used = 0;

/** A copy, which may be a view of more: whoever sends it to another thread sends a copy of it. */
function snapshotOf(numbers: Float64Array): Float64Array {
  if (numbers.length > BLOCK / 8) return numbers.slice();
  if (used + numbers.length > BLOCK) {
    block = new Float64Array(BLOCK);
    used = 0;
  }
  const copy = block.subarray(used, (used += numbers.length));
  copy.set(numbers);
  return copy;
}

/** The training loss at the current parameters. */
export function trainLoss({ trainer, model }: Running): number {
  trainer.module.entry(MEASURE)(1);
  return quantities(model.data.loss, trainer.module.view(model.trainOutputs), model.data.trainTargets).loss;
}

function testQuantities(module: Trainer['module'], model: Model, data: ProblemData): Quantities | null {
  if (model.testOutputs === null || !data.testTargets) return null;
  return quantities(data.loss, module.view(model.testOutputs), data.testTargets);
}

/** How a run ended. */
export interface Ending extends Position {
  seconds: number;
  diverged?: number;
  unsolved?: number;
  singular?: number;
  kink?: number;
  imprecise?: number;
}

/** Maximum number of parameters that are kept after the end of a run. */
const MOST_PARAMETERS = 100_000;

/** An ended run: its result, and its final parameters for further measurements. */
export interface TrainedRun extends RunResult {
  /** Concatenated, [p]; null for more than 100 000. Not part of the reported result. */
  parameters: Float64Array | null;
}

/** The engine and device of a run, as reported in its result. */
export type Computed = Pick<RunResult, 'engine' | 'device' | 'fallback' | 'together' | 'movedToCpu'>;

/** The CPU's back end, and why it is not the fastest. */
function computedBy({ backend, refusal }: Trainer['module']): Computed {
  return { engine: 'cpu', device: backend.name, ...(refusal === null ? {} : { fallback: `not with ${refusal}` }) };
}

/** What is known of an ended run. */
interface Known {
  /** Omitted if the module's own code computed the steps. */
  computed?: Computed;
  /** A measurement at its current parameters, if it is the last thing that the module has done. */
  measured?: Sample | null;
}

/** The result of a run at its current parameters. */
export function resultOf(
  running: Running,
  { step, time, seconds, ...ending }: Ending,
  { computed = computedBy(running.trainer.module), measured = null }: Known = {},
): TrainedRun {
  const { identity, trainer, model } = running;
  const { data } = model;
  const { module } = trainer;
  const { train, test } = measured ?? measure(running, { step, time }, false);
  const predictor = model.predictor === null ? null : module.view(model.predictor).slice();
  const outputs = module.view(model.trainOutputs).slice();
  const solver = trainer.report();
  return {
    ...identity,
    steps: step,
    time,
    ...computed,
    seconds,
    train,
    test,
    gap: test ? { loss: test.loss - train.loss, error: test.error - train.error } : null,
    margins: data.loss === 'logistic' ? margins(outputs, data.trainTargets) : null,
    norms: predictor && norms(predictor, data.predictorShape),
    predictor,
    outputs,
    ...ending,
    ...(solver ? { solver } : {}),
    parameters: model.parameterCount > MOST_PARAMETERS ? null : module.memory.slice(0, model.parameterCount),
  };
}
