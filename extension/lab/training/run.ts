/** Trains one run of a grid from its plan: plain data in, samples and a result out. */
import type { DevicePrograms } from '../compiler/gpu/module.ts';
import { type Flow, isFlow, type OptimizerRule } from '../optimizers/optimizer.ts';
import { initialize } from '../parameterizations/initialization.ts';
import type { PredictorProgram } from '../parameterizations/parameterization.ts';
import { drawProblem } from '../problems/draw.ts';
import type { Problem } from '../problems/problem.ts';
import type { RunIdentity } from '../results.ts';
import { firstOrder } from './firstOrder/firstOrder.ts';
import { followFlow } from './flow/follow.ts';
import { flowSystem } from './flow/velocity.ts';
import { kroneckerFactored } from './kronecker/kroneckerFactored.ts';
import { measure, type Running, resultOf, type Sample, type TrainedRun } from './measure.ts';
import { buildModel, type Model } from './model.ts';
import { naturalGradientDescent } from './natural/naturalGradient.ts';
import { firstOrderOnGpu } from './onGpu.ts';
import { areFinite, SLICE } from './pace.ts';
import { sampleCount, sampleSteps } from './sampling.ts';
import type { Trainer } from './trainer.ts';

export type { Sample, TrainedRun };

/** Everything a worker thread needs to train one run. */
export interface RunPlan {
  identity: RunIdentity;
  problem: Problem;
  program: PredictorProgram;
  optimizer: OptimizerRule;
  /** Of an optimizer that takes steps. */
  steps: number;
  /** The time to which the longest flow of the experiment goes: all flows are measured at the same times. */
  horizon: number;
  /** How many samples carry the whole predictor. */
  snapshots: number;
}

/**
 * Trains, yielding a sample when one is due and null when a slice of time is over; whoever drives it can stop between.
 * @returns the result; a run whose numbers stop being finite ends early with `diverged`
 */
export function* train(plan: RunPlan): Generator<Sample | null, TrainedRun> {
  const { optimizer } = plan;
  if (isFlow(optimizer)) return yield* follow(plan, optimizer);
  const run = training(plan, optimizer.rate, (model) => trainerOf(plan, optimizer, model));
  for (let next = run.next(); ; next = run.next()) {
    if (next.done) return next.value;
    if (next.value instanceof Promise) throw new Error('a run on this thread waits for nothing');
    yield next.value;
  }
}

function trainerOf(
  { problem, program, identity }: RunPlan,
  optimizer: Exclude<OptimizerRule, Flow>,
  model: Model,
): Trainer {
  switch (optimizer.type) {
    case 'ngd':
      return naturalGradientDescent(model, optimizer, problem, identity.seed);
    case 'kfac':
      return kroneckerFactored(model, program, optimizer);
    default:
      return firstOrder(model, optimizer, identity.seed);
  }
}

/** The same on a graphics card; only for optimizers that can run there. */
export async function* trainOnGpu(plan: RunPlan, programs: DevicePrograms): AsyncGenerator<Sample | null, TrainedRun> {
  const { optimizer, identity } = plan;
  if (optimizer.type === 'ngd' || optimizer.type === 'kfac' || isFlow(optimizer))
    throw new Error(`${optimizer.type} runs on the CPU`);
  const run = training(plan, optimizer.rate, (model) => firstOrderOnGpu(model, optimizer, identity.seed, programs));
  for (let next = run.next(); ; next = run.next()) {
    if (next.done) return next.value;
    if (next.value instanceof Promise) await next.value;
    else yield next.value;
  }
}

/** Yields what a run yields, and promises that it must not go on without. */
function* training(
  plan: RunPlan,
  rate: number,
  makeTrainer: (model: Model) => Trainer,
): Generator<Sample | null | Promise<void>, TrainedRun> {
  const began = performance.now();
  const data = drawProblem(plan.problem, plan.identity.seed);
  const model = buildModel(plan.program, data);
  const trainer = makeTrainer(model);
  const parameters = trainer.module.memory.subarray(0, model.parameterCount);
  parameters.set(startOf(plan));
  const running: Running = { identity: plan.identity, trainer, model };

  const due = sampleSteps(plan.steps, sampleCount(plan.steps, model.parameterCount));
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
        const survived = yield* stepsUntilDivergence(trainer, parameters, chunk);
        if (survived < chunk) diverged = step + survived + 1;
        else step += chunk;
      }
    }
    if (diverged !== undefined) break;
    const isSnapshot = position % stride === 0 || position === due.length - 1;
    yield measure(running, { step, time: step * rate }, isSnapshot);
  }
  const reached = diverged ?? step;
  const seconds = (performance.now() - began) / 1000;
  return resultOf(running, { step: reached, time: reached * rate, seconds, diverged });
}

/** Follows a flow, yielding a sample at each of its times. */
function* follow(plan: RunPlan, flow: Flow): Generator<Sample | null, TrainedRun> {
  const began = performance.now();
  const data = drawProblem(plan.problem, plan.identity.seed);
  const model = buildModel(plan.program, data);
  const system = flowSystem(model, flow, plan.problem, plan.identity.seed);
  const running: Running = { identity: plan.identity, trainer: system, model };
  const end = yield* followFlow(system, flow, startOf(plan), plan.horizon, plan.snapshots, (at, isSnapshot) =>
    measure(running, at, isSnapshot),
  );
  return resultOf(running, { ...end, seconds: (performance.now() - began) / 1000 });
}

/** The parameters at the start, one after the other. */
function startOf({ program, identity }: RunPlan): Float64Array {
  return initialize(
    program.initialization,
    program.parameters.map(({ shape }) => shape),
    identity.seed,
  );
}

function saveParameters(parameters: Float64Array): () => void {
  const before = parameters.slice();
  return () => parameters.set(before);
}

/** Repeats a chunk step by step; how many steps it takes before parameters are not finite, and stays there. */
function* stepsUntilDivergence(
  trainer: Trainer,
  parameters: Float64Array,
  chunk: number,
): Generator<Promise<void>, number> {
  for (let count = 0; count < chunk; count++) {
    yield* take(trainer, 1);
    if (!areFinite(parameters)) return count;
  }
  return chunk;
}

/** Takes steps, waiting where they are taken elsewhere. */
function* take(trainer: Trainer, steps: number): Generator<Promise<void>, void> {
  if (trainer.stepElsewhere) yield trainer.stepElsewhere(steps);
  else trainer.step(steps);
}
