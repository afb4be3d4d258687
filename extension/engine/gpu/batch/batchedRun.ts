/** One run of those that the GPU trains side by side. */
import { isRefusal, type Refusal } from '../../../lab/compiler/backend.ts';
import { compileEntry, type GpuEntry } from '../../../lab/compiler/gpu/backend.ts';
import { sizeOf } from '../../../lab/compiler/shape.ts';
import { isFlow } from '../../../lab/optimizers/optimizer.ts';
import { drawProblem } from '../../../lab/problems/draw.ts';
import type { ProblemData } from '../../../lab/problems/problem.ts';
import { firstOrder } from '../../../lab/training/firstOrder/firstOrder.ts';
import { buildModel, type Model } from '../../../lab/training/model.ts';
import { mixedNaturalGradient } from '../../../lab/training/natural/mixedPrecision/mixedPrecision.ts';
import { singlePrecisionNaturalGradient, type TooLarge } from '../../../lab/training/natural/singlePrecision.ts';
import { atStart, type Prepared, type RunPlan } from '../../../lab/training/run.ts';
import type { PortableStep, Trainer } from '../../../lab/training/trainer.ts';
import { cpuOnlyReason } from '../cpuOnly.ts';

export interface BatchedRun extends Prepared {
  /** Position among the runs that were asked for. */
  run: number;
  plan: RunPlan;
  rate: number;
  portable: PortableStep;
  /** The part of a step that the GPU computes. */
  entry: GpuEntry;
}

/** Linear systems up to this side are solved on the GPU: each block of four columns is a launch or two. */
const MAX_SYSTEM_ON_GPU = 256;

type MakeTrainer = (model: Model, plan: RunPlan) => Trainer | Refusal | TooLarge;

const inFloat32 =
  (maxSystem: number): MakeTrainer =>
  (model, { optimizer, problem, identity }) => {
    if (isFlow(optimizer) || optimizer.type === 'kfac') return { refusal: cpuOnlyReason(optimizer) ?? '' };
    if (optimizer.type === 'ngd') return singlePrecisionNaturalGradient(model, optimizer, problem, maxSystem);
    return firstOrder(model, optimizer, identity.seed);
  };
const inMixedPrecision: MakeTrainer = (model, { optimizer, problem, identity }) =>
  (optimizer.type === 'ngd' && mixedNaturalGradient(model, optimizer, problem, identity.seed)) || {
    refusal: 'no part of a step can be left to the GPU',
  };

/**
 * Prepares a run as the GPU can train it best: in float32; with its linear systems solved in float64, where they are large
 * or float32 is not enough; or, where it must solve large ones, in float32 all the same.
 * @returns a refusal where the CPU must train it
 */
export function prepareRun(run: number, plan: RunPlan): BatchedRun | Refusal {
  const data = drawProblem(plan.problem, plan.identity.seed);
  const attempt = (make: MakeTrainer) => prepareBy(make, run, plan, data);
  const inAnySize = inFloat32(Number.POSITIVE_INFINITY);
  if (plan.optimizer.type !== 'ngd') return attempt(inAnySize);
  const float32 = attempt(inFloat32(MAX_SYSTEM_ON_GPU));
  if (!isRefusal(float32)) return float32;
  const mixed = attempt(inMixedPrecision);
  if (!isRefusal(mixed)) return mixed;
  return 'isTooLarge' in float32 ? attempt(inAnySize) : float32;
}

/** The same run in mixed precision, where float32 turned out not to be enough; null where that cannot be. */
export function inMixedPrecisionInstead({ run, plan, portable, running }: BatchedRun): BatchedRun | null {
  if (portable.finish !== null || !portable.check) return null;
  const mixed = prepareBy(inMixedPrecision, run, plan, running.model.data);
  return isRefusal(mixed) ? null : mixed;
}

function prepareBy(make: MakeTrainer, run: number, plan: RunPlan, data: ProblemData): BatchedRun | Refusal | TooLarge {
  const { optimizer } = plan;
  const model = buildModel(plan.program, data);
  const trainer = make(model, plan);
  if (isRefusal(trainer)) return trainer;
  const prepared = atStart(plan, model, trainer);
  const { portable } = trainer;
  if (!portable || isFlow(optimizer)) return { refusal: `${optimizer.type} runs on the CPU` };
  const { program } = portable.module;
  const states = portable.states.map((state) => ({
    offset: program.offsets.get(state) ?? 0,
    size: sizeOf(model.g.shapeOf(state)),
  }));
  const entry = compileEntry(program, portable.entry, states);
  if (isRefusal(entry)) return entry;
  if (entry.single.kernels.length === 0) return { refusal: 'a step leaves nothing for the GPU to compute' };
  const reason = portable.check?.() ?? null;
  if (reason !== null) return { refusal: reason };
  return { ...prepared, run, plan, rate: optimizer.rate, portable, entry };
}

/** Whether the same kernels train both: all but the numbers of their constants and tables is equal. */
export function isBatchable(a: BatchedRun, b: BatchedRun): boolean {
  const isPaced = a.rate === b.rate && a.plan.steps === b.plan.steps;
  return isPaced && a.parameters.length === b.parameters.length && a.entry.batched.text === b.entry.batched.text;
}

/** Bytes of the arenas of a run. */
export function bytesOf({ trainer, portable }: BatchedRun): number {
  const memories = new Set([trainer.module.memory, portable.module.memory]);
  return [...memories].reduce((sum, { byteLength }) => sum + byteLength, 0);
}
