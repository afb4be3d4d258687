/** An optimizer applied to one model. */

import type { NodeId } from '../compiler/graph.ts';
import type { Entry } from '../compiler/lower/lower.ts';
import { CompiledModule } from '../compiler/module.ts';
import type { SolverReport } from '../results.ts';
import type { Model } from './model.ts';

export interface Trainer {
  readonly module: CompiledModule;
  /**
   * Takes `times` steps.
   * @param isMeasured whether the module has just measured the same parameters ({@link MEASURE}); the first step may
   * reuse these values, with an identical result
   */
  step(times: number, isMeasured?: boolean): void;
  /** Where the last call of {@link step} stopped early; omitted if steps do not solve systems. */
  unsolved?(): Unsolved | null;
  /** The step in a form that a GPU can run; omitted if it cannot. */
  portable?: PortableStep;
  /**
   * Saves the training state. Omitted if the parameters, the first words of the memory, are the only state.
   * @param old a state of this trainer that is not needed any more
   */
  save?(old?: SavedState): SavedState;
  /** Statistics of the curvature solver at the last step; null for optimizers without one. */
  report(): SolverReport | null;
}

/** The state of a trainer at an earlier time. */
export interface SavedState {
  readonly words: Float64Array;
  restore(): void;
}

/** Copies numbers, to where an earlier copy was if that is not needed any more. */
export function copyOf(numbers: Float64Array, old?: SavedState): Float64Array {
  if (old?.words.length !== numbers.length) return numbers.slice();
  old.words.set(numbers);
  return old.words;
}

/** A step that was not taken, because its linear system could not be solved. */
export interface Unsolved {
  /** Steps of the call that were taken before. */
  steps: number;
  /** The remaining relative residual. */
  residual: number;
}

/** A step of which a GPU can run one entry, {@link entry} of {@link module}. */
export interface PortableStep {
  module: CompiledModule;
  entry: string;
  /** The persistent states, and the inputs that are written before a step. */
  states: readonly NodeId[];
  /** Writes the inputs of the next step to the module's memory; null if there are none. */
  feed: (() => void) | null;
  /** Completes a step on the CPU from the results of the entry; null if the entry is the whole step. */
  finish: (() => void) | null;
  /** The entries that `finish` runs, with their approximate number of calls. */
  finishing: readonly { module: CompiledModule; entry: string; times: number }[];
  /** A human-readable description of the precision. */
  precision: string;
  /**
   * Why float32 is not accurate enough at the current parameters, determined in float64; null if it is. If present, it
   * must be called during training, and a run that fails it must be discarded.
   */
  check?: () => string | null;
}

/** The entry that evaluates predictor and outputs at the current parameters. */
export const MEASURE = 'measure';

/** The entry that takes one whole step. */
export const STEP = 'step';

/** Compiles a model with the entries of an optimizer, and one that measures. `extra` lists additional states. */
export function compileModel(model: Model, entries: readonly Entry[], extra: readonly NodeId[] = []): CompiledModule {
  const outputs = [model.predictor, model.trainOutputs, model.testOutputs].filter((node) => node !== null);
  const states = [...model.parameters, ...extra];
  return new CompiledModule(model.g.graph, states, [{ name: MEASURE, outputs }, ...entries], model.backends);
}
