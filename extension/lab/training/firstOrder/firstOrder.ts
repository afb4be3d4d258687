/** Optimizers that need the gradient alone: their whole step is compiled with the model into one program. */
import { reverse } from '../../compiler/autodiff/reverse.ts';
import type { NodeId } from '../../compiler/graph.ts';
import { sizeOf } from '../../compiler/shape.ts';
import type { FirstOrder } from '../../optimizers/optimizer.ts';
import { lossGradient, scaledLoss } from '../lossHead.ts';
import type { Model } from '../model.ts';
import { compileModel, STEP, type Trainer } from '../trainer.ts';
import { type Batches, batchesOf } from './batches.ts';
import { adamStep, momentumStep, normalizedStep, plainStep, type Step, signStep } from './steps.ts';

/** @param seed fixes the order of the batches */
export function firstOrder(model: Model, optimizer: FirstOrder, seed: number): Trainer {
  const { g, parameters } = model;
  const size = optimizer.type === 'gd' ? optimizer.batch : null;
  const batches = size !== null && size < model.data.train.count ? batchesOf(model, size, seed) : null;
  const { updates, memory } = stepOf(model, optimizer, batches);
  const assignments = [
    ...parameters.map((state, i) => ({ state, value: g.add(state, updates[i]) })),
    ...memory.map(({ state, next }) => ({ state, value: next })),
  ];
  const lasting = memory.map(({ state }) => state);
  const states = [...lasting, ...(batches?.states ?? [])];
  const module = compileModel(model, [{ name: STEP, outputs: [], assignments }], states);
  const words = model.parameterCount + lasting.reduce((total, state) => total + sizeOf(g.shapeOf(state)), 0);
  const run = module.entry(STEP);
  const feed = batches?.feed(module);
  const step = (times: number) => {
    if (!feed) return run(times);
    for (let t = 0; t < times; t++) {
      feed.next();
      run(1);
    }
  };
  const save = () => {
    const before = module.memory.slice(0, words);
    const position = feed?.position ?? 0;
    return () => {
      module.memory.set(before);
      if (feed) feed.position = position;
    };
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

function stepOf(model: Model, optimizer: FirstOrder, batches: Batches | null): Step {
  const { g, parameters } = model;
  switch (optimizer.type) {
    case 'gd':
      if (!optimizer.normalized) return plainStep(g, gradientOf(model, batches), optimizer.rate);
      return normalizedStep(g, parameters, scaledGradientOf(model, batches), optimizer.rate);
    case 'momentum':
      return momentumStep(g, gradientOf(model, batches), optimizer);
    case 'adam':
      return adamStep(g, gradientOf(model, batches), optimizer);
    case 'signDescent':
      // A common factor changes no sign: scaled, the gradient keeps its signs where the loss is out of range.
      return signStep(g, scaledGradientOf(model, batches).gradients, optimizer.rate);
  }
}

/** ∇L over the batch, or over all training examples. */
function gradientOf(model: Model, batches: Batches | null): NodeId[] {
  const { g, data, parameters } = model;
  const { outputs, targets, factor } = batches ?? wholeOf(model);
  const slope = g.multiply(g.scalar(factor), lossGradient(g, data.loss, outputs, targets));
  return reverse(g, [{ node: outputs, derivative: slope }], parameters);
}

/** ∇L and L with a common factor that keeps both in range. */
function scaledGradientOf(model: Model, batches: Batches | null): { gradients: NodeId[]; loss: NodeId } {
  const { g, data, parameters } = model;
  const { outputs, targets } = batches ?? wholeOf(model);
  const { gradient, loss } = scaledLoss(g, data.loss, outputs, targets);
  return { gradients: reverse(g, [{ node: outputs, derivative: gradient }], parameters), loss };
}

function wholeOf({ g, data, trainOutputs }: Model): { outputs: NodeId; targets: NodeId; factor: number } {
  const targets = g.constant(data.trainTargets, [data.trainTargets.length]);
  return { outputs: trainOutputs, targets, factor: 1 };
}
