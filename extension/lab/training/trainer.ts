/** One optimizer at work on one model. */

import type { NodeId } from '../compiler/graph.ts';
import type { Entry } from '../compiler/lower/lower.ts';
import { CompiledModule } from '../compiler/module.ts';
import type { SolverReport } from '../results.ts';
import type { Model } from './model.ts';

export interface Trainer {
  readonly module: CompiledModule;
  /**
   * Takes `times` steps.
   * @param isMeasured whether the module measured these very parameters just now, {@link MEASURE}: a first step may go
   *   on from there, and comes out the same
   */
  step(times: number, isMeasured?: boolean): void;
  /** Where the last call of {@link step} had to stop before a step; left out where steps solve no systems. */
  unsolved?(): Unsolved | null;
  /** What a GPU needs in order to take the steps; left out where it cannot. */
  portable?: PortableStep;
  /**
   * Remembers where training is; what it returns goes back there. Left out where the parameters, the first words of
   * the memory, are all that lasts from step to step.
   */
  save?(): () => void;
  /** What the curvature solver did at the last step; null for optimizers without one. */
  report(): SolverReport | null;
}

/** A step that was not taken, for its linear system was not solved. */
export interface Unsolved {
  /** Steps of the call that were taken before it. */
  steps: number;
  /** Relative residual that was left. */
  residual: number;
}

/** A step of which a GPU can run one entry, {@link entry} of {@link module}. */
export interface PortableStep {
  module: CompiledModule;
  entry: string;
  /** What lives from step to step, and what is written before a step. */
  states: readonly NodeId[];
  /** Brings what the next step needs into the module's memory; null where steps need nothing. */
  feed: (() => void) | null;
  /** What the CPU does with what the entry computed, to complete a step; null where the entry is all of it. */
  finish: (() => void) | null;
  /** The entries that it runs for that, and how often, about. */
  finishing: readonly { module: CompiledModule; entry: string; times: number }[];
  /** What is computed in which precision, for people. */
  precision: string;
  /**
   * Why float32 is not enough at the present parameters, found in float64; null where it is. Where there is a check, it
   * is to be made on the way, and a run that fails it is worth nothing.
   */
  check?: () => string | null;
}

/** The entry that evaluates predictor and outputs at the present parameters. */
export const MEASURE = 'measure';

/** The entry that takes one whole step. */
export const STEP = 'step';

/** Compiles a model with the entries of an optimizer, and one that measures. `extra` is further storage. */
export function compileModel(model: Model, entries: readonly Entry[], extra: readonly NodeId[] = []): CompiledModule {
  const outputs = [model.predictor, model.trainOutputs, model.testOutputs].filter((node) => node !== null);
  return new CompiledModule(model.g.graph, [...model.parameters, ...extra], [{ name: MEASURE, outputs }, ...entries]);
}
