/** One run of those that a graphics card trains side by side. */
import { NotOnGpu, type PrintedProgram, printEntry } from '../../compiler/gpu/print.ts';
import { sizeOf } from '../../compiler/shape.ts';
import { gpuTrainingOf, isFlow } from '../../optimizers/index.ts';
import type { Model } from '../model.ts';
import { type Prepared, prepare, type RunPlan, taskOf } from '../run.ts';
import type { PortableStep, Trainer } from '../trainer.ts';
import { whyNotOnGpu } from './whyNot.ts';

/** Why a run cannot be trained on the graphics card. */
export class NotForCard extends Error {}

export interface Member extends Prepared {
  /** Position among the runs that were asked for. */
  run: number;
  plan: RunPlan;
  rate: number;
  portable: PortableStep;
  /** Its step as kernels for one run, and for many. */
  alone: PrintedProgram;
  printed: PrintedProgram;
}

/** Linear systems up to this side are solved on the card: each block of four columns is a launch or two. */
const LARGEST_ON_CARD = 256;

type MakeTrainer = (model: Model, plan: RunPlan) => Trainer | string;

const inFloat32 =
  (largest: number): MakeTrainer =>
  (model, plan) => {
    const { optimizer } = plan;
    const gpu = gpuTrainingOf(optimizer);
    if ('cpuOnly' in gpu || isFlow(optimizer)) return whyNotOnGpu(optimizer) ?? '';
    return gpu.float32(taskOf(plan, optimizer, model), largest);
  };
const inMixedPrecision: MakeTrainer = (model, plan) => {
  const { optimizer } = plan;
  const gpu = gpuTrainingOf(optimizer);
  const trainer = 'cpuOnly' in gpu || isFlow(optimizer) ? null : gpu.mixedPrecision?.(taskOf(plan, optimizer, model));
  return trainer ?? 'no part of a step can be left to the card';
};

/**
 * A run as the card can train it best: in float32; with its linear systems solved in float64, where they are large or
 * float32 will not do; or in float32 all the same.
 * @throws NotForCard or NotOnGpu where it must be trained by the processor
 */
export function memberOf(run: number, plan: RunPlan): Member {
  const inAnySize = inFloat32(Number.POSITIVE_INFINITY);
  const gpu = gpuTrainingOf(plan.optimizer);
  if ('cpuOnly' in gpu || !gpu.mixedPrecision) return memberBy(inAnySize, run, plan);
  return (
    memberOrNull(inFloat32(LARGEST_ON_CARD), run, plan) ??
    memberOrNull(inMixedPrecision, run, plan) ??
    memberBy(inAnySize, run, plan)
  );
}

/** The same run in mixed precision, where float32 turned out not to do; null where that cannot be. */
export function mixedMemberOf({ run, plan, portable }: Member): Member | null {
  return portable.finish === null ? memberOrNull(inMixedPrecision, run, plan) : null;
}

/** Whether something cannot run on the card, and can on the processor. */
export function isRefusal(error: unknown): error is Error {
  return error instanceof NotForCard || error instanceof NotOnGpu;
}

function memberOrNull(make: MakeTrainer, run: number, plan: RunPlan): Member | null {
  try {
    return memberBy(make, run, plan);
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

function memberBy(make: MakeTrainer, run: number, plan: RunPlan): Member {
  const { optimizer } = plan;
  const prepared = prepare(plan, (model) => {
    const trainer = make(model, plan);
    if (typeof trainer === 'string') throw new NotForCard(trainer);
    return trainer;
  });
  const { portable } = prepared.trainer;
  if (!portable || isFlow(optimizer)) throw new NotForCard(`${optimizer.type} runs on the CPU`);
  const { program } = portable.module;
  const states = portable.states.map((state) => ({
    offset: program.offsets.get(state) ?? 0,
    size: sizeOf(prepared.running.model.g.shapeOf(state)),
  }));
  const [alone, printed] = (['one run', 'many runs'] as const).map((runs) =>
    printEntry(program, portable.entry, states, runs),
  );
  if (alone.kernels.length === 0) throw new NotForCard('a step leaves nothing for the card to compute');
  const reason = portable.check?.() ?? null;
  if (reason !== null) throw new NotForCard(reason);
  return { ...prepared, run, plan, rate: optimizer.rate, portable, alone, printed };
}

/** Whether the same kernels train both: all but the numbers of their constants and tables is equal. */
export function isAlike(a: Member, b: Member): boolean {
  const isPaced = a.rate === b.rate && a.plan.steps === b.plan.steps;
  return isPaced && a.parameters.length === b.parameters.length && a.printed.text === b.printed.text;
}
