/** One run of those that a graphics card trains side by side. */
import { type PrintedProgram, printEntry } from '../../compiler/gpu/print.ts';
import { sizeOf } from '../../compiler/shape.ts';
import { isFlow } from '../../optimizers/optimizer.ts';
import { firstOrder } from '../firstOrder/firstOrder.ts';
import type { Model } from '../model.ts';
import { portableNaturalGradient } from '../natural/portable.ts';
import { type Prepared, prepare, type RunPlan } from '../run.ts';
import { type PortableStep, STEP, type Trainer } from '../trainer.ts';
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

/** @throws NotForCard or NotOnGpu where it must be trained by the processor */
export function memberOf(run: number, plan: RunPlan): Member {
  const { optimizer } = plan;
  if (isFlow(optimizer)) throw new NotForCard(whyNotOnGpu(optimizer) ?? '');
  const prepared = prepare(plan, (model) => trainerOf(plan, model));
  const { portable, module } = prepared.trainer;
  if (!portable) throw new NotForCard(`${optimizer.type} runs on the CPU`);
  const states = portable.states.map((state) => ({
    offset: module.program.offsets.get(state) ?? 0,
    size: sizeOf(prepared.running.model.g.shapeOf(state)),
  }));
  const [alone, printed] = (['one run', 'many runs'] as const).map((runs) =>
    printEntry(module.program, STEP, states, runs),
  );
  const reason = portable.check?.() ?? null;
  if (reason !== null) throw new NotForCard(reason);
  return { ...prepared, run, plan, rate: optimizer.rate, portable, alone, printed };
}

function trainerOf({ optimizer, identity }: RunPlan, model: Model): Trainer {
  const reason = whyNotOnGpu(optimizer);
  if (reason !== null || isFlow(optimizer) || optimizer.type === 'kfac') throw new NotForCard(reason ?? '');
  if (optimizer.type !== 'ngd') return firstOrder(model, optimizer, identity.seed);
  const trainer = portableNaturalGradient(model, optimizer);
  if (typeof trainer === 'string') throw new NotForCard(trainer);
  return trainer;
}

/** Whether the same kernels train both: all but the numbers of their constants and tables is equal. */
export function isAlike(a: Member, b: Member): boolean {
  const isPaced = a.rate === b.rate && a.plan.steps === b.plan.steps && a.plan.snapshots === b.plan.snapshots;
  return isPaced && a.parameters.length === b.parameters.length && a.printed.text === b.printed.text;
}
