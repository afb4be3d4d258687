/** The index of optimizers, one line each. All other code looks up optimizers here. */
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
  ExperimentContext,
  FlowOptimizer,
  GpuTraining,
  Optimizer,
  OptimizerDescription,
  OptimizerFamily,
  SteppedOptimizer,
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

/** The plain description of any stepwise optimizer. */
export type SteppedDescription = StepsOf<Definition>;
/** The plain description of any flow. */
export type FlowDescription = FlowOf<Definition>;
/** The plain description of any optimizer. */
export type AnyOptimizerDescription = SteppedDescription | FlowDescription;
/** Any optimizer, as created by the user. */
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

/** Whether an optimizer is a flow in continuous time. */
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

/** The Fisher settings of an optimizer; null if it does not use the Fisher information. */
export function fisherSettings(optimizer: AnyOptimizerDescription): FisherSettings | null {
  return definitionOf(optimizer).fisher?.(optimizer as never) ?? null;
}

/** Whether an optimizer follows gradient flow up to discretization. */
export function followsGradientFlow(optimizer: AnyOptimizerDescription): boolean {
  return definitionOf(optimizer).followsGradientFlow?.(optimizer as never) ?? false;
}

/** Time per step; 0 for a flow. */
export function stepLength(optimizer: AnyOptimizerDescription): number {
  return isFlow(optimizer) ? 0 : optimizer.rate;
}

/** @throws DefinitionError if an optimizer cannot train the models of the experiment */
export function checkOptimizer(optimizer: AnyOptimizer, surroundings: ExperimentContext): void {
  definitionOf(optimizer).check?.(optimizer as never, surroundings);
}

/** The trainer of a stepwise optimizer. */
export function trainerOf(task: TrainingTask<SteppedDescription>): Trainer {
  return steppedOf(task.optimizer).trainer(task);
}

/** The vector field of a flow. */
export function flowSystemOf(task: TrainingTask<FlowDescription>): FlowSystem {
  return (definitionOf(task.optimizer) as Continuous).system(task);
}

/** How an optimizer can be trained on a GPU, or why it cannot. */
export function gpuTrainingOf(optimizer: AnyOptimizerDescription): GpuTraining<SteppedDescription> {
  if (isFlow(optimizer)) return { cpuOnly: 'flows run on the CPU' };
  const { gpu, trainer } = steppedOf(optimizer);
  return gpu === 'own steps' ? { float32: trainer } : (gpu as GpuTraining<SteppedDescription>);
}

/** An optimizer without its origin: plain data for worker threads. */
export function optimizerDescription({ origin: _o, kind: _k, ...description }: AnyOptimizer): AnyOptimizerDescription {
  return description;
}

/** The bytes that identify an optimizer, its settings and its version. */
export function encodeOptimizer(optimizer: AnyOptimizerDescription): Uint8Array {
  return encode({ ...optimizer, version: definitionOf(optimizer).version });
}

function steppedOf(optimizer: SteppedDescription): Stepped {
  return definitionOf(optimizer) as Stepped;
}
