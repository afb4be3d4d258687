/** A run in a GPU batch. */
import { isRefusal, type Refusal } from '../../../lab/compiler/backend.ts';
import { compileEntry, type GpuEntry } from '../../../lab/compiler/gpu/backend.ts';
import { sizeOf } from '../../../lab/compiler/shape.ts';
import { gpuTrainingOf, isFlow, type SteppedDescription } from '../../../lab/optimizers/index.ts';
import type { TrainingTask } from '../../../lab/optimizers/optimizer.ts';
import { drawProblem } from '../../../lab/problems/index.ts';
import type { ProblemData } from '../../../lab/problems/problem.ts';
import { atStart, type Prepared, type RunPlan, taskOf } from '../../../lab/run.ts';
import { buildModel } from '../../../lab/training/model.ts';
import type { TooLarge } from '../../../lab/training/natural/singlePrecision.ts';
import type { PortableStep, Trainer } from '../../../lab/training/trainer.ts';
import { cpuOnlyReason } from '../cpuOnly.ts';

export interface BatchedRun extends Prepared {
  /** Position among the requested runs. */
  run: number;
  plan: RunPlan;
  rate: number;
  portable: PortableStep;
  /** The part of a step that the GPU computes. */
  entry: GpuEntry;
}

/** Maximum dimension of linear systems solved on the GPU; each block of four columns takes one or two launches. */
const MAX_SYSTEM_ON_GPU = 256;

type MakeTrainer = (task: TrainingTask<SteppedDescription>) => Trainer | Refusal | TooLarge;

const inFloat32 =
  (maxSystem: number): MakeTrainer =>
  (task) => {
    const gpu = gpuTrainingOf(task.optimizer);
    return 'cpuOnly' in gpu ? { refusal: gpu.cpuOnly } : gpu.float32(task, maxSystem);
  };
const inMixedPrecision: MakeTrainer = (task) => {
  const gpu = gpuTrainingOf(task.optimizer);
  const trainer = 'cpuOnly' in gpu ? null : gpu.mixedPrecision?.(task);
  return trainer ?? { refusal: 'no part of a step can run on the GPU' };
};

/**
 * Prepares a run for the best available GPU mode: float32; mixed precision, with linear systems solved in float64, if
 * they are large or float32 is not accurate enough; otherwise float32 even for large systems.
 * @returns a refusal if the run must be trained on the CPU
 */
export function prepareRun(run: number, plan: RunPlan): BatchedRun | Refusal {
  const data = drawProblem(plan.problem, plan.identity.seed);
  const attempt = (make: MakeTrainer) => prepareBy(make, run, plan, data);
  const inAnySize = inFloat32(Number.POSITIVE_INFINITY);
  const gpu = gpuTrainingOf(plan.optimizer);
  if ('cpuOnly' in gpu || !gpu.mixedPrecision) return attempt(inAnySize);
  const float32 = attempt(inFloat32(MAX_SYSTEM_ON_GPU));
  if (!isRefusal(float32)) return float32;
  const mixed = attempt(inMixedPrecision);
  if (!isRefusal(mixed)) return mixed;
  return 'isTooLarge' in float32 ? attempt(inAnySize) : float32;
}

/**
 * The same run in mixed precision, for a run for which float32 is not accurate enough; null if that is not possible.
 */
export function inMixedPrecisionInstead({ run, plan, portable, running }: BatchedRun): BatchedRun | null {
  if (portable.finish !== null || !portable.check) return null;
  const mixed = prepareBy(inMixedPrecision, run, plan, running.model.data);
  return isRefusal(mixed) ? null : mixed;
}

function prepareBy(make: MakeTrainer, run: number, plan: RunPlan, data: ProblemData): BatchedRun | Refusal | TooLarge {
  const { optimizer } = plan;
  if (isFlow(optimizer)) return { refusal: cpuOnlyReason(optimizer) ?? '' };
  const model = buildModel(plan.program, data);
  const trainer = make(taskOf(plan, optimizer, model));
  if (isRefusal(trainer)) return trainer;
  const prepared = atStart(plan, model, trainer);
  const { portable } = trainer;
  if (!portable) return { refusal: `${optimizer.type} runs on the CPU` };
  const { program } = portable.module;
  const states = portable.states.map((state) => ({
    offset: program.offsets.get(state) ?? 0,
    size: sizeOf(model.g.shapeOf(state)),
  }));
  const entry = compileEntry(program, portable.entry, states);
  if (isRefusal(entry)) return entry;
  if (entry.single.kernels.length === 0) return { refusal: 'a step has no work for the GPU' };
  const reason = portable.check?.() ?? null;
  if (reason !== null) return { refusal: reason };
  return { ...prepared, run, plan, rate: optimizer.rate, portable, entry };
}

/** Whether the same kernels train both runs: they differ only in the values of constants and tables. */
export function isBatchable(a: BatchedRun, b: BatchedRun): boolean {
  const isPaced = a.rate === b.rate && a.plan.steps === b.plan.steps;
  return isPaced && a.parameters.length === b.parameters.length && a.entry.batched.text === b.entry.batched.text;
}

/** Memory of a run's arenas, in bytes. */
export function bytesOf({ trainer, portable }: BatchedRun): number {
  const memories = new Set([trainer.module.memory, portable.module.memory]);
  return [...memories].reduce((sum, { byteLength }) => sum + byteLength, 0);
}
