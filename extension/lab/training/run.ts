/** Trains one run of a grid from its plan: plain data in, samples and a result out. */
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
import { areFinite, nextPace, SLICE } from './pace.ts';
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
  /** Whether the processor repeats in float64 what a graphics card did in float32, to tell how far they are apart. */
  isRepeated?: boolean;
}

/**
 * Trains, yielding a sample when one is due and null when a slice of time is over; whoever drives it can stop between.
 * @returns the result; a run whose numbers stop being finite ends early with `diverged`
 */
export function* train(plan: RunPlan): Generator<Sample | null, TrainedRun> {
  const { optimizer } = plan;
  if (isFlow(optimizer)) return yield* follow(plan, optimizer);
  return yield* takeSteps(plan, optimizer);
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

function* takeSteps(plan: RunPlan, optimizer: Exclude<OptimizerRule, Flow>): Generator<Sample | null, TrainedRun> {
  const began = performance.now();
  const { running, trainer, parameters } = prepare(plan, (model) => trainerOf(plan, optimizer, model));
  const { rate } = optimizer;
  const due = samplesOf(plan, parameters.length);
  let step = 0;
  let diverged: number | undefined;
  let measuredAt = -1;
  let pace = 1; // steps that fit into a slice, learnt on the way
  for (const { step: next, isSnapshot } of due) {
    while (step < next && diverged === undefined) {
      const chunk = Math.min(next - step, pace);
      const goBack = placeToGoBack(trainer, parameters);
      const at = performance.now();
      trainer.step(chunk, step === measuredAt);
      const spent = performance.now() - at;
      if (areFinite(parameters)) {
        step += chunk;
        pace = nextPace(pace, spent);
        if (spent > SLICE / 2) yield null;
      } else {
        goBack();
        const survived = stepsUntilDivergence(trainer, parameters, chunk);
        if (survived < chunk) diverged = step + survived + 1;
        else step += chunk;
      }
    }
    if (diverged !== undefined) break;
    yield measure(running, { step, time: step * rate }, isSnapshot);
    measuredAt = step;
  }
  const reached = diverged ?? step;
  const seconds = (performance.now() - began) / 1000;
  return resultOf(running, { step: reached, time: reached * rate, seconds, diverged });
}

/** A run before its first step. */
export interface Prepared {
  running: Running;
  trainer: Trainer;
  /** At the start, as a view of the module's memory. */
  parameters: Float64Array;
}

/** Draws the data of a run, builds model and trainer, and puts the parameters at the start. */
export function prepare(plan: RunPlan, makeTrainer: (model: Model) => Trainer): Prepared {
  const data = drawProblem(plan.problem, plan.identity.seed);
  const model = buildModel(plan.program, data);
  const trainer = makeTrainer(model);
  const parameters = trainer.module.memory.subarray(0, model.parameterCount);
  parameters.set(startOf(plan));
  return { running: { identity: plan.identity, trainer, model }, trainer, parameters };
}

/** At which steps a run is measured, and where the sample carries the predictor. */
export function samplesOf({ steps, snapshots }: RunPlan, parameters: number): { step: number; isSnapshot: boolean }[] {
  const due = sampleSteps(steps, sampleCount(steps, parameters));
  const stride = Math.max(1, Math.ceil(due.length / snapshots));
  return due.map((step, position) => ({ step, isSnapshot: position % stride === 0 || position === due.length - 1 }));
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

/** What brings a trainer back to where it stands now. */
export function placeToGoBack(trainer: Trainer, parameters: Float64Array): () => void {
  if (trainer.save) return trainer.save();
  const before = parameters.slice();
  return () => parameters.set(before);
}

/** Repeats a chunk step by step; how many steps it takes before parameters are not finite, and stays there. */
function stepsUntilDivergence(trainer: Trainer, parameters: Float64Array, chunk: number): number {
  for (let count = 0; count < chunk; count++) {
    trainer.step(1);
    if (!areFinite(parameters)) return count;
  }
  return chunk;
}
