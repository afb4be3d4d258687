/** First-order optimizers. The whole step is compiled with the model into one program. */
import { reverse } from '../../compiler/autodiff/reverse.ts';
import type { GraphBuilder } from '../../compiler/builder.ts';
import type { NodeId } from '../../compiler/graph.ts';
import type { Entry } from '../../compiler/lower/lower.ts';
import { sizeOf } from '../../compiler/shape.ts';
import { lossGradient, scaledLoss } from '../lossHead.ts';
import type { Model } from '../model.ts';
import { compileModel, copyOf, MEASURE, type SavedState, STEP, type Trainer } from '../trainer.ts';
import { type Batches, batchesOf } from './batches.ts';

/** The step that takes the outputs of a measurement of the same parameters. */
const STEP_FROM_MEASURED = 'step from measured';
/** Parameters of models that are measured after few steps, and whose outputs are a good part of a step. */
const LARGE = 4096;

/** An optimizer's step as graph nodes. */
export interface Step {
  /** Δθ of each parameter, in its shape. */
  updates: NodeId[];
  /** The optimizer's state, initialized to 0. */
  memory: { state: NodeId; next: NodeId }[];
}

/** The gradients available to a step, one per parameter, of its shape. */
export interface Gradients {
  /** ∇L over the batch, or over all training examples. */
  exact(): NodeId[];
  /** ∇L and L, multiplied by a common factor that keeps both in the range of float64. */
  scaled(): { gradients: NodeId[]; loss: NodeId };
}

/** Adds the nodes of one step to the graph. */
export type MakeStep = (g: GraphBuilder, gradients: Gradients, parameters: readonly NodeId[]) => Step;

/**
 * Compiles θ ← θ + Δθ.
 * @param seed determines the order of the batches
 * @param batchSize null for the full batch
 */
export function firstOrder(model: Model, seed: number, makeStep: MakeStep, batchSize: number | null = null): Trainer {
  const { g, parameters } = model;
  const batches = batchSize !== null && batchSize < model.data.train.count ? batchesOf(model, batchSize, seed) : null;
  const { updates, memory } = makeStep(g, gradientsOf(model, batches), parameters);
  const assignments = [
    ...parameters.map((state, i) => ({ state, value: g.add(state, updates[i]) })),
    ...memory.map(({ state, next }) => ({ state, value: next })),
  ];
  const lasting = memory.map(({ state }) => state);
  const states = [...lasting, ...(batches?.states ?? [])];
  const entry = { name: STEP, outputs: [], assignments };
  const entries: Entry[] = [entry];
  // In small models the outputs cost less than the code of another entry.
  const reuses = batches === null && model.parameterCount >= LARGE;
  if (reuses) entries.push({ ...entry, name: STEP_FROM_MEASURED, after: [MEASURE] });
  const module = compileModel(model, entries, states);
  const words = model.parameterCount + lasting.reduce((total, state) => total + sizeOf(g.shapeOf(state)), 0);
  const run = module.entry(STEP);
  const feed = batches?.feed(module);
  const step = (times: number, isMeasured = false) => {
    if (!feed) {
      if (!reuses || !isMeasured) return run(times);
      module.entry(STEP_FROM_MEASURED)(1);
      return run(times - 1);
    }
    for (let t = 0; t < times; t++) {
      feed.next();
      run(1);
    }
  };
  const state = module.memory.subarray(0, words);
  const save = (old?: SavedState): SavedState => {
    const before = copyOf(state, old);
    const position = feed?.position ?? 0;
    const restore = () => {
      state.set(before);
      if (feed) feed.position = position;
    };
    return { words: before, restore };
  };
  const portable = {
    module,
    entry: STEP,
    states: [...parameters, ...states],
    feed: feed ? () => feed.next() : null,
    finish: null,
    finishing: [],
    precision: 'float32',
  };
  return { module, step, portable, save, report: () => null };
}

function gradientsOf(model: Model, batches: Batches | null): Gradients {
  const { g, data, parameters } = model;
  return {
    exact() {
      const { outputs, targets, factor } = batches ?? wholeOf(model);
      const slope = g.multiply(g.scalar(factor), lossGradient(g, data.loss, outputs, targets));
      return reverse(g, [{ node: outputs, derivative: slope }], parameters);
    },
    scaled() {
      const { outputs, targets } = batches ?? wholeOf(model);
      const { gradient, loss } = scaledLoss(g, data.loss, outputs, targets);
      return { gradients: reverse(g, [{ node: outputs, derivative: gradient }], parameters), loss };
    },
  };
}

function wholeOf({ g, data, trainOutputs }: Model): { outputs: NodeId; targets: NodeId; factor: number } {
  const targets = g.constant(data.trainTargets, [data.trainTargets.length]);
  return { outputs: trainOutputs, targets, factor: 1 };
}
