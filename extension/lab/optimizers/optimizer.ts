/** What an optimizer is: plain data that says what it does, and one definition of each kind that knows the rest. */
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

/** An optimizer as plain data: it crosses threads and is stored. Each kind adds its own fields. */
export interface OptimizerDescription {
  /** Its kind: the key of its definition in `optimizers/index.ts`. */
  readonly type: string;
}

/** An optimizer as the user wrote it: its description, and the place where it was written. */
export type Optimizer<D extends OptimizerDescription = OptimizerDescription> = D & {
  readonly kind: 'optimizer';
  readonly origin: Origin;
};

/** One run, as an optimizer meets it. */
export interface TrainingTask<D> {
  model: Model;
  optimizer: D;
  problem: AnyProblemDescription;
  program: PredictorProgram;
  seed: number;
}

/** The experiment in which an optimizer is to train. */
export interface Surroundings {
  /** The optimizer's name in the experiment. */
  name: string;
  trainingExamples: number;
  /** The parameterizations by name, built. */
  programs: readonly [string, PredictorProgram][];
}

/** How the steps of an optimizer can be taken on a GPU, best way first, or why they cannot. */
export type GpuTraining<D> =
  | { cpuOnly: string }
  | {
      /**
       * Steps that one compiled entry takes, in float32.
       * @param maxSystem side of the largest linear system that may be solved there
       * @returns the trainer, or why there is none for this model
       */
      float32(task: TrainingTask<D>, maxSystem: number): Trainer | Refusal | TooLarge;
      /** Steps that the GPU prepares and the CPU completes in float64; null where this model has none. */
      mixedPrecision?(task: TrainingTask<D>): Trainer | null;
    };

/** Optimizers whose curves look alike in a chart: those of one family share a line style where possible. */
export type OptimizerFamily = 'gradient' | 'natural gradient' | 'other';

interface CommonDefinition<D extends OptimizerDescription> {
  readonly type: D['type'];
  readonly family: OptimizerFamily;
  /** Raised when an equal description comes to give other numbers: stored results of earlier versions are then not found. */
  readonly version: number;
  /** One line for tooltips: what it is, and its settings. */
  describe(optimizer: D): string;
  /** Which Fisher information it uses; left out where it uses none. */
  fisher?(optimizer: D): FisherSettings;
  /** Whether its path is that of gradient flow, up to the size of its steps. */
  followsGradientFlow?(optimizer: D): boolean;
  /** @throws DefinitionError where it cannot train what the experiment compares */
  check?(optimizer: Optimizer<D>, surroundings: Surroundings): void;
}

/** An optimizer that takes steps of length `rate`. */
export interface SteppedOptimizer<D extends OptimizerDescription & { rate: number }> extends CommonDefinition<D> {
  readonly kind: 'steps';
  trainer(task: TrainingTask<D>): Trainer;
  /** `own steps` where the trainer's steps are one compiled entry, which a GPU can take as it is. */
  readonly gpu: 'own steps' | GpuTraining<D>;
}

/** An optimizer in continuous time, followed by an integrator with error control. */
export interface FlowOptimizer<D extends OptimizerDescription & FlowSettings> extends CommonDefinition<D> {
  readonly kind: 'flow';
  system(task: TrainingTask<D>): FlowSystem;
}
