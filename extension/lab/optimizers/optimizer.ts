/** An optimizer consists of a plain description and of one definition per kind. */
import type { Refusal } from '../compiler/backend.ts';
import type { Origin } from '../errors.ts';
import type { PredictorProgram } from '../parameterizations/parameterization.ts';
import type { AnyProblemDescription } from '../problems/index.ts';
import type { FlowSystem } from '../training/flow/flowSystem.ts';
import type { FlowSettings } from '../training/flow/settings.ts';
import type { Model } from '../training/model.ts';
import type { FisherSettings } from '../training/natural/settings.ts';
import type { TooLarge } from '../training/natural/singlePrecision.ts';
import type { Trainer } from '../training/trainer.ts';

/** An optimizer as plain data, which is sent to worker threads and stored. Each kind adds its own fields. */
export interface OptimizerDescription {
  /** Its kind: the key of its definition in `optimizers/index.ts`. */
  readonly type: string;
}

/** An optimizer as created by the user: its description and its origin. */
export type Optimizer<D extends OptimizerDescription = OptimizerDescription> = D & {
  readonly kind: 'optimizer';
  readonly origin: Origin;
};

/** One run, as passed to its optimizer. */
export interface TrainingTask<D> {
  model: Model;
  optimizer: D;
  problem: AnyProblemDescription;
  program: PredictorProgram;
  seed: number;
}

/** The experiment that uses an optimizer. */
export interface ExperimentContext {
  /** The optimizer's name in the experiment. */
  name: string;
  trainingExamples: number;
  /** The built parameterizations by name. */
  programs: readonly [string, PredictorProgram][];
}

/** How an optimizer's steps run on a GPU, or why they cannot. */
export type GpuTraining<D> =
  | { cpuOnly: string }
  | {
      /**
       * Whole steps in one compiled entry, in float32.
       * @param maxSystem dimension of the largest linear system that may be solved on the GPU
       * @returns the trainer, or the reason why this model has none
       */
      float32(task: TrainingTask<D>, maxSystem: number): Trainer | Refusal | TooLarge;
      /** Steps that the GPU prepares and the CPU completes in float64; null if the model does not support them. */
      mixedPrecision?(task: TrainingTask<D>): Trainer | null;
    };

/** Optimizers whose curves look alike in a chart: those of one family share a line style where possible. */
export type OptimizerFamily = 'gradient' | 'natural gradient' | 'other';

interface CommonDefinition<D extends OptimizerDescription> {
  readonly type: D['type'];
  readonly family: OptimizerFamily;
  /**
   * Incremented when equal descriptions yield different numbers, so that results stored by earlier versions are not
   * reused.
   */
  readonly version: number;
  /** One line for tooltips: name and settings. */
  describe(optimizer: D): string;
  /** Its Fisher settings; omitted if it does not use the Fisher information. */
  fisher?(optimizer: D): FisherSettings;
  /** Whether it follows gradient flow up to discretization. */
  followsGradientFlow?(optimizer: D): boolean;
  /** @throws DefinitionError if it cannot train the models of the experiment */
  check?(optimizer: Optimizer<D>, surroundings: ExperimentContext): void;
}

/** An optimizer that takes discrete steps with learning rate `rate`. */
export interface SteppedOptimizer<D extends OptimizerDescription & { rate: number }> extends CommonDefinition<D> {
  readonly kind: 'steps';
  trainer(task: TrainingTask<D>): Trainer;
  /** `own steps` if the trainer's step is a single compiled entry, which a GPU can run unchanged. */
  readonly gpu: 'own steps' | GpuTraining<D>;
}

/** An optimizer in continuous time, integrated with error control. */
export interface FlowOptimizer<D extends OptimizerDescription & FlowSettings> extends CommonDefinition<D> {
  readonly kind: 'flow';
  system(task: TrainingTask<D>): FlowSystem;
}
