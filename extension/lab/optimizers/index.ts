/** All optimizers: one line each. Everything else finds what it needs to know of an optimizer here. */
import { encode } from '../encoding.ts';
import type { FlowSystem } from '../training/flow/flowSystem.ts';
import type { FisherSettings } from '../training/natural/settings.ts';
import type { Trainer } from '../training/trainer.ts';
import { adamOptimizer } from './adam.ts';
import { gradientDescent } from './gd.ts';
import { gradientFlowOptimizer } from './gradientFlow.ts';
import { kfacOptimizer } from './kfac.ts';
import { momentumOptimizer } from './momentum.ts';
import { naturalGradientFlowOptimizer } from './naturalGradientFlow.ts';
import { naturalGradientDescent } from './ngd.ts';
import type {
  FlowOptimizer,
  GpuTraining,
  Optimizer,
  OptimizerDescription,
  OptimizerFamily,
  SteppedOptimizer,
  Surroundings,
  TrainingTask,
} from './optimizer.ts';
import { signDescentOptimizer } from './signDescent.ts';

const definitions = {
  gd: gradientDescent,
  momentum: momentumOptimizer,
  adam: adamOptimizer,
  signDescent: signDescentOptimizer,
  ngd: naturalGradientDescent,
  kfac: kfacOptimizer,
  gradientFlow: gradientFlowOptimizer,
  naturalGradientFlow: naturalGradientFlowOptimizer,
};

type Definition = (typeof definitions)[keyof typeof definitions];
type StepsOf<D> = D extends SteppedOptimizer<infer O> ? O : never;
type FlowOf<D> = D extends FlowOptimizer<infer O> ? O : never;

/** The plain description of any optimizer that takes steps. */
export type SteppedDescription = StepsOf<Definition>;
/** The plain description of any optimizer in continuous time. */
export type FlowDescription = FlowOf<Definition>;
/** The plain description of any optimizer that there is. */
export type AnyOptimizerDescription = SteppedDescription | FlowDescription;
/** Any optimizer as the user wrote it. */
export type AnyOptimizer = Optimizer<AnyOptimizerDescription>;

type Stepped = SteppedOptimizer<OptimizerDescription & { rate: number }>;
type Continuous = FlowOptimizer<FlowDescription>;

function definitionOf({ type }: AnyOptimizerDescription): Stepped | Continuous {
  return definitions[type] as Stepped | Continuous;
}

/** Whether a value is an optimizer of a known kind. */
export function isOptimizer(value: unknown): value is AnyOptimizer {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('type' in value)) return false;
  return value.kind === 'optimizer' && typeof value.type === 'string' && Object.hasOwn(definitions, value.type);
}

/** Whether an optimizer goes on in continuous time, without steps of its own. */
export function isFlow(optimizer: AnyOptimizerDescription): optimizer is FlowDescription {
  return definitionOf(optimizer).kind === 'flow';
}

/** One line for tooltips. */
export function describeOptimizer(optimizer: AnyOptimizerDescription): string {
  return definitionOf(optimizer).describe(optimizer as never);
}

/** The family by which charts choose line styles. */
export function familyOf(optimizer: AnyOptimizerDescription): OptimizerFamily {
  return definitionOf(optimizer).family;
}

/** Which Fisher information an optimizer uses; null where it uses none. */
export function fisherSettings(optimizer: AnyOptimizerDescription): FisherSettings | null {
  return definitionOf(optimizer).fisher?.(optimizer as never) ?? null;
}

/** Whether an optimizer's path is that of gradient flow, up to the size of its steps. */
export function followsGradientFlow(optimizer: AnyOptimizerDescription): boolean {
  return definitionOf(optimizer).followsGradientFlow?.(optimizer as never) ?? false;
}

/** Length of a step in time; 0 for a flow. */
export function stepLength(optimizer: AnyOptimizerDescription): number {
  return isFlow(optimizer) ? 0 : optimizer.rate;
}

/** @throws DefinitionError where an optimizer cannot train what the experiment compares */
export function checkOptimizer(optimizer: AnyOptimizer, surroundings: Surroundings): void {
  definitionOf(optimizer).check?.(optimizer as never, surroundings);
}

/** What takes the steps of an optimizer. */
export function trainerOf(task: TrainingTask<SteppedDescription>): Trainer {
  return steppedOf(task.optimizer).trainer(task);
}

/** The vector field of a flow. */
export function flowSystemOf(task: TrainingTask<FlowDescription>): FlowSystem {
  return (definitionOf(task.optimizer) as Continuous).system(task);
}

/** How an optimizer's runs can be trained on a GPU, or why they cannot. */
export function gpuTrainingOf(optimizer: AnyOptimizerDescription): GpuTraining<SteppedDescription> {
  if (isFlow(optimizer)) return { cpuOnly: 'flows run on the CPU' };
  const { gpu, trainer } = steppedOf(optimizer);
  return gpu === 'own steps' ? { float32: trainer } : (gpu as GpuTraining<SteppedDescription>);
}

/** An optimizer without the place where it was written: what crosses threads. */
export function optimizerDescription({ origin: _o, kind: _k, ...description }: AnyOptimizer): AnyOptimizerDescription {
  return description;
}

/** The bytes that identify an optimizer with its settings, among those of all versions. */
export function encodeOptimizer(optimizer: AnyOptimizerDescription): Uint8Array {
  return encode({ ...optimizer, version: definitionOf(optimizer).version });
}

function steppedOf(optimizer: SteppedDescription): Stepped {
  return definitionOf(optimizer) as Stepped;
}
