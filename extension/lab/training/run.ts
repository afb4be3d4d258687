/** Trains one run of a grid from its plan: plain data in, samples and a result out. */
import type { DevicePrograms } from '../compiler/gpu/module.ts';
import { norms } from '../metrics/norms.ts';
import { margins, quantities } from '../metrics/quantities.ts';
import type { OptimizerRule } from '../optimizers/optimizer.ts';
import { initialize } from '../parameterizations/initialization.ts';
import type { PredictorProgram } from '../parameterizations/parameterization.ts';
import { drawProblem } from '../problems/draw.ts';
import type { Problem, ProblemData } from '../problems/problem.ts';
import type { Quantities, RunIdentity, RunResult } from '../results.ts';
import { firstOrder } from './firstOrder/firstOrder.ts';
import { buildModel, type Model } from './model.ts';
import { naturalGradientDescent } from './natural/naturalGradient.ts';
import { firstOrderOnGpu } from './onGpu.ts';
import { sampleSteps } from './sampling.ts';
import { MEASURE, type Trainer } from './trainer.ts';

/** Everything a worker thread needs to train one run. */
export interface RunPlan {
  identity: RunIdentity;
  problem: Problem;
  program: PredictorProgram;
  optimizer: OptimizerRule;
  steps: number;
  /** How many samples carry the whole predictor. */
  snapshots: number;
}

/** A run at one step. */
export interface Sample {
  step: number;
  time: number;
  train: Quantities;
  test: Quantities | null;
  /** The predictor, or null where this sample carries none. */
  predictor: Float64Array | null;
  /** f on the training points, with the predictor. */
  outputs: Float64Array | null;
}

/** Milliseconds of work between two looks at whether the run is still wanted. */
const SLICE = 20;

/**
 * Trains, yielding a sample when one is due and null when a slice of time is over; whoever drives it can stop between.
 * @returns the result; a run whose numbers stop being finite ends early with `diverged`
 */
export function* train(plan: RunPlan): Generator<Sample | null, RunResult> {
  const run = training(plan, (model) => makeTrainer(plan, model));
  for (let next = run.next(); ; next = run.next()) {
    if (next.done) return next.value;
    if (next.value instanceof Promise) throw new Error('a run on this thread waits for nothing');
    yield next.value;
  }
}

/** The same on a graphics card; only for optimizers that can run there. */
export async function* trainOnGpu(plan: RunPlan, programs: DevicePrograms): AsyncGenerator<Sample | null, RunResult> {
  const { optimizer, identity } = plan;
  if (optimizer.type === 'ngd') throw new Error('natural gradients run on the CPU');
  const run = training(plan, (model) => firstOrderOnGpu(model, optimizer, identity.seed, programs));
  for (let next = run.next(); ; next = run.next()) {
    if (next.done) return next.value;
    if (next.value instanceof Promise) await next.value;
    else yield next.value;
  }
}

/** Yields what a run yields, and promises that it must not go on without. */
function* training(
  plan: RunPlan,
  makeTrainer: (model: Model) => Trainer,
): Generator<Sample | null | Promise<void>, RunResult> {
  const began = performance.now();
  const data = drawProblem(plan.problem, plan.identity.seed);
  const model = buildModel(plan.program, data);
  const trainer = makeTrainer(model);
  const { memory } = trainer.module;
  const start = initialize(
    plan.program.initialization,
    plan.program.parameters.map(({ shape }) => shape),
    plan.identity.seed,
  );
  memory.set(start);
  const parameters = memory.subarray(0, start.length);

  const due = sampleSteps(plan.steps);
  const stride = Math.max(1, Math.ceil(due.length / plan.snapshots));
  let step = 0;
  let diverged: number | undefined;
  let pace = 1; // steps that fit into a slice, learnt on the way
  for (const [position, next] of due.entries()) {
    while (step < next && diverged === undefined) {
      const chunk = Math.min(next - step, pace);
      const goBack = trainer.save?.() ?? saveParameters(parameters);
      const at = performance.now();
      yield* take(trainer, chunk);
      const spent = performance.now() - at;
      if (areFinite(parameters)) {
        step += chunk;
        pace = Math.max(1, Math.min(4 * pace, Math.floor((pace * SLICE) / Math.max(spent, 0.01))));
        if (spent > SLICE / 2) yield null;
      } else {
        goBack();
        diverged = step + (yield* stepsUntilDivergence(trainer, parameters));
      }
    }
    if (diverged !== undefined) break;
    const isSnapshot = position % stride === 0 || position === due.length - 1;
    yield measure(plan, trainer, model, data, step, isSnapshot);
  }
  const reached = diverged ?? step;
  return result(plan, trainer, model, data, {
    steps: reached,
    diverged,
    seconds: (performance.now() - began) / 1000,
  });
}

/** Takes steps, waiting where they are taken elsewhere. */
function* take(trainer: Trainer, steps: number): Generator<Promise<void>, void> {
  if (trainer.stepElsewhere) yield trainer.stepElsewhere(steps);
  else trainer.step(steps);
}

function makeTrainer({ optimizer, problem, identity }: RunPlan, model: Model): Trainer {
  switch (optimizer.type) {
    case 'ngd':
      return naturalGradientDescent(model, optimizer, problem, identity.seed);
    default:
      return firstOrder(model, optimizer, identity.seed);
  }
}

function areFinite(values: Float64Array): boolean {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * 0; // NaN as soon as one is not finite
  return sum === 0;
}

function saveParameters(parameters: Float64Array): () => void {
  const before = parameters.slice();
  return () => parameters.set(before);
}

/** Repeats a chunk step by step, up to the first step whose parameters are not finite; leaves it there. */
function* stepsUntilDivergence(trainer: Trainer, parameters: Float64Array): Generator<Promise<void>, number> {
  for (let count = 1; ; count++) {
    yield* take(trainer, 1);
    if (!areFinite(parameters)) return count;
  }
}

function measure(
  plan: RunPlan,
  trainer: Trainer,
  model: Model,
  data: ProblemData,
  step: number,
  isSnapshot: boolean,
): Sample {
  const { module } = trainer;
  module.entry(MEASURE)(1);
  const outputs = module.view(model.trainOutputs);
  return {
    step,
    time: step * plan.optimizer.rate,
    train: quantities(data.loss, outputs, data.trainTargets),
    test: testQuantities(trainer, model, data),
    predictor: isSnapshot && model.predictor !== null ? module.view(model.predictor).slice() : null,
    outputs: isSnapshot ? outputs.slice() : null,
  };
}

function testQuantities(trainer: Trainer, model: Model, data: ProblemData): Quantities | null {
  if (model.testOutputs === null || !data.testTargets) return null;
  return quantities(data.loss, trainer.module.view(model.testOutputs), data.testTargets);
}

interface Ending {
  steps: number;
  diverged: number | undefined;
  seconds: number;
}

function result(plan: RunPlan, trainer: Trainer, model: Model, data: ProblemData, ending: Ending): RunResult {
  const { module } = trainer;
  module.entry(MEASURE)(1);
  const outputs = module.view(model.trainOutputs).slice();
  const predictor = model.predictor === null ? null : module.view(model.predictor).slice();
  const train = quantities(data.loss, outputs, data.trainTargets);
  const test = testQuantities(trainer, model, data);
  const solver = trainer.report();
  return {
    ...plan.identity,
    steps: ending.steps,
    time: ending.steps * plan.optimizer.rate,
    ...(trainer.ranOn?.() ?? { engine: 'cpu', device: module.backEnd }),
    seconds: ending.seconds,
    train,
    test,
    gap: test ? { loss: test.loss - train.loss, error: test.error - train.error } : null,
    margins: data.loss === 'logistic' ? margins(outputs, data.trainTargets) : null,
    norms: predictor && norms(predictor, data.predictorShape),
    predictor,
    outputs,
    ...(ending.diverged !== undefined ? { diverged: ending.diverged } : {}),
    ...(solver ? { solver } : {}),
  };
}
