import { reverse } from '../compiler/autodiff/reverse.ts';
import type { GraphBuilder } from '../compiler/builder.ts';
import type { NodeId } from '../compiler/graph.ts';
import type { GradientDescent } from '../optimizers/optimizer.ts';
import { lossGradient, scaledLoss } from './lossHead.ts';
import type { Model } from './model.ts';
import { compileModel, type Trainer } from './trainer.ts';

/** Longest normalized step, as a share of max(1, ‖θ‖). */
const LONGEST_STEP = 0.1;

/** Gradient descent, its step compiled with the model into one program. */
export function gradientDescent(model: Model, optimizer: GradientDescent): Trainer {
  const { g, parameters } = model;
  const updates = optimizer.normalized ? normalizedStep(model, optimizer.rate) : plainStep(model, optimizer.rate);
  const assignments = parameters.map((state, i) => ({ state, value: g.add(state, updates[i]) }));
  const module = compileModel(model, [{ name: 'step', outputs: [], assignments }]);
  return { module, step: module.entry('step'), report: () => null };
}

function plainStep({ g, parameters, trainOutputs, data }: Model, rate: number): NodeId[] {
  const slope = lossGradient(g, data.loss, trainOutputs, data.trainTargets);
  return reverse(g, [{ node: trainOutputs, derivative: slope }], parameters).map((gradient) =>
    g.multiply(g.scalar(-rate), gradient),
  );
}

function normalizedStep({ g, parameters, trainOutputs, data }: Model, rate: number): NodeId[] {
  const scaled = scaledLoss(g, data.loss, trainOutputs, data.trainTargets);
  const gradients = reverse(g, [{ node: trainOutputs, derivative: scaled.gradient }], parameters);
  // At loss 0 there is nowhere to go.
  const factor = g.select(
    g.binary('greater', scaled.loss, g.scalar(0)),
    g.divide(g.scalar(-rate), scaled.loss),
    g.scalar(0),
  );
  const longest = g.multiply(g.scalar(LONGEST_STEP), g.binary('max', g.scalar(1), norm(g, parameters)));
  const length = g.multiply(g.unary('abs', factor), norm(g, gradients));
  const shortened = g.select(
    g.binary('greater', length, longest),
    g.multiply(factor, g.divide(longest, length)),
    factor,
  );
  return gradients.map((gradient) => g.multiply(shortened, gradient));
}

function norm(g: GraphBuilder, parts: readonly NodeId[]): NodeId {
  return g.unary(
    'sqrt',
    parts.map((part) => g.sum(g.multiply(part, part))).reduce((a, b) => g.add(a, b)),
  );
}
