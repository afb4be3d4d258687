/** Trains one run of a grid from its plan. The plan, the samples and the result are plain data. */
import type { ChooseBackends } from './compiler/backend.ts';
import { sizeOf } from './compiler/shape.ts';
import {
  type AnyOptimizerDescription,
  type FlowDescription,
  flowSystemOf,
  isFlow,
  type SteppedDescription,
  trainerOf,
} from './optimizers/index.ts';
import type { TrainingTask } from './optimizers/optimizer.ts';
import { initialize } from './parameterizations/initialization.ts';
import type { PredictorProgram } from './parameterizations/parameterization.ts';
import { type AnyProblemDescription, drawProblem } from './problems/index.ts';
import type { RunIdentity } from './results.ts';
import { followFlow } from './training/flow/follow.ts';
import {
  type Ending,
  measure,
  type Running,
  resultOf,
  type Sample,
  type TrainedRun,
  trainLoss,
} from './training/measure.ts';
import { buildModel, type Model } from './training/model.ts';
import { areFinite, nextPace, SLICE } from './training/pace.ts';
import { isSnapshot, sampledSteps } from './training/sampling.ts';
import { copyOf, type SavedState, type Trainer } from './training/trainer.ts';

export type { Sample, TrainedRun };

/** Everything a worker thread needs to train one run. */
export interface RunPlan {
  identity: RunIdentity;
  problem: AnyProblemDescription;
  program: PredictorProgram;
  optimizer: AnyOptimizerDescription;
  /** Only for an optimizer that takes steps. */
  steps: number;
  /** Whether the CPU repeats a float32 GPU run in float64 to measure the deviation. */
  isRepeated?: boolean;
}

/**
 * Trains, yielding a sample when one is due and null at the end of a time slice, so that the caller can stop in
 * between.
 * @param backends what its programs are compiled with; by default WebAssembly
 * @returns the result; a run that becomes non-finite ends early with `diverged`
 */
export function* train(plan: RunPlan, backends?: ChooseBackends): Generator<Sample | null, TrainedRun> {
  const { optimizer } = plan;
  if (isFlow(optimizer)) return yield* follow(plan, optimizer, backends);
  return yield* takeSteps(plan, optimizer, backends);
}

/** The task that a run's optimizer receives. */
export function taskOf<D>({ problem, program, identity }: RunPlan, optimizer: D, model: Model): TrainingTask<D> {
  return { model, optimizer, problem, program, seed: identity.seed };
}

function* takeSteps(
  plan: RunPlan,
  optimizer: SteppedDescription,
  backends?: ChooseBackends,
): Generator<Sample | null, TrainedRun> {
  const began = performance.now();
  const { running, trainer, parameters } = prepare(
    plan,
    (model) => trainerOf(taskOf(plan, optimizer, model)),
    backends,
  );
  const { rate } = optimizer;
  let step = 0;
  let ending: Pick<Ending, 'diverged' | 'unsolved'> = {};
  /** The step of the last sample, and its state. */
  let last = { step: 0, state: checkpoint(trainer, parameters) };
  let pace = 1; // steps per time slice, adapted during training
  /** The sample at the end, whose values are still in the module's memory. */
  let ended: Sample | null = null;
  sampling: for (const due of samplesOf(plan, running.model)) {
    while (step < due.step) {
      const chunk = Math.min(due.step - step, pace);
      const at = performance.now();
      trainer.step(chunk, step > 0 && step === last.step);
      const spent = performance.now() - at;
      const unsolved = trainer.unsolved?.() ?? null;
      step += unsolved?.steps ?? chunk;
      if (!areFinite(parameters)) {
        step = yield* findDivergence(running, parameters, last);
        ending = { diverged: step };
        break sampling;
      }
      if (unsolved) {
        ending = { unsolved: step + 1 };
        break sampling;
      }
      pace = nextPace(pace, spent);
      if (spent > SLICE / 2) yield null;
    }
    const sample = measure(running, { step, time: step * rate }, due.isSnapshot);
    if (!Number.isFinite(sample.train.loss)) {
      step = yield* findDivergence(running, parameters, last);
      ending = { diverged: step };
      break;
    }
    yield sample;
    last = { step, state: checkpoint(trainer, parameters, last.state) };
    if (step === plan.steps) ended = sample;
  }
  const seconds = (performance.now() - began) / 1000;
  return resultOf(running, { step, time: step * rate, seconds, ...ending }, { measured: ended });
}

/**
 * Repeats the steps since the last finite state one by one until the loss or a parameter is not finite. Leaves the
 * trainer at that step and returns its number.
 */
function* findDivergence(
  running: Prepared['running'],
  parameters: Float64Array,
  last: { step: number; state: SavedState },
): Generator<null, number> {
  last.state.restore();
  let looked = performance.now();
  for (let step = last.step; ; step++) {
    if (!areFinite(parameters) || !Number.isFinite(trainLoss(running))) return step;
    running.trainer.step(1);
    if (performance.now() - looked < SLICE) continue;
    yield null;
    looked = performance.now();
  }
}

/** A run before its first step. */
export interface Prepared {
  running: Running & { trainer: Trainer };
  trainer: Trainer;
  /** The initial parameters, as a view of the module's memory. */
  parameters: Float64Array;
}

/** Draws the data of a run, builds the model and the trainer, and initializes the parameters. */
export function prepare(plan: RunPlan, makeTrainer: (model: Model) => Trainer, backends?: ChooseBackends): Prepared {
  const data = drawProblem(plan.problem, plan.identity.seed);
  const model = buildModel(plan.program, data, backends);
  return atStart(plan, model, makeTrainer(model));
}

/** Initializes the parameters of a run's trainer. */
export function atStart(plan: RunPlan, model: Model, trainer: Trainer): Prepared {
  const parameters = trainer.module.memory.subarray(0, model.parameterCount);
  parameters.set(startOf(plan));
  return { running: { identity: plan.identity, trainer, model }, trainer, parameters };
}

/** The steps at which a run is measured, and at which the sample includes predictor and outputs. */
export function samplesOf({ steps }: RunPlan, model: Model): { step: number; isSnapshot: boolean }[] {
  const due = sampledSteps(steps, model.parameterCount);
  return due.map((step, position) => ({ step, isSnapshot: isSnapshot(position, due.length, snapshotSize(model)) }));
}

/** How many numbers a snapshot contains. */
function snapshotSize({ predictor, g, data }: Model): number {
  return (predictor === null ? 0 : sizeOf(g.shapeOf(predictor))) + data.trainTargets.length;
}

/** Integrates a flow, yielding a sample at each of its times. */
function* follow(
  plan: RunPlan,
  flow: FlowDescription,
  backends?: ChooseBackends,
): Generator<Sample | null, TrainedRun> {
  const began = performance.now();
  const data = drawProblem(plan.problem, plan.identity.seed);
  const model = buildModel(plan.program, data, backends);
  const system = flowSystemOf(taskOf(plan, flow, model));
  const running: Running = { identity: plan.identity, trainer: system, model };
  const size = snapshotSize(model);
  const end = yield* followFlow(
    system,
    flow,
    startOf(plan),
    (position, count) => isSnapshot(position, count, size),
    (at, isCarrier) => measure(running, at, isCarrier),
  );
  return resultOf(running, { ...end, seconds: (performance.now() - began) / 1000 });
}

/** The initial parameters, concatenated. */
function startOf({ program, identity }: RunPlan): Float64Array {
  return initialize(
    program.initialization,
    program.parameters.map(({ shape }) => shape),
    identity.seed,
  );
}

/**
 * Saves the state of a trainer.
 * @param old a state of it that is not needed any more
 */
export function checkpoint(trainer: Trainer, parameters: Float64Array, old?: SavedState): SavedState {
  if (trainer.save) return trainer.save(old);
  const words = copyOf(parameters, old);
  return { words, restore: () => parameters.set(words) };
}
