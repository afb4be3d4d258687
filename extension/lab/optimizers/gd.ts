import type { GraphBuilder } from '../compiler/builder.ts';
import type { NodeId } from '../compiler/graph.ts';
import { captureOrigin, DefinitionError } from '../errors.ts';
import { Options } from '../options.ts';
import { firstOrder, type MakeStep } from '../training/firstOrder/firstOrder.ts';
import type { Optimizer, SteppedOptimizer } from './optimizer.ts';

export interface GradientDescentOptions {
  /**
   * Learning rate: the time t per step, t = rate · steps.
   * @example rate: 0.1
   */
  rate: number;
  /**
   * Divide the gradient by the loss, so that progress does not slow down as the loss vanishes (default false).
   * @example normalized: true
   */
  normalized?: boolean;
  /**
   * Batch size (stochastic gradient descent); the default is the full batch. Each epoch visits the training examples in
   * a random order that is determined by the run's seed.
   * @example batch: 10
   */
  batch?: number;
}

/** {@link gd} as plain data. */
export interface GradientDescent {
  type: 'gd';
  rate: number;
  /** Δθ = −rate · ∇L / L, shortened to ‖Δθ‖ ≤ 0.1 · max(1, ‖θ‖). */
  normalized: boolean;
  /** Batch size; null for the full batch. */
  batch: number | null;
}

/**
 * Gradient descent: θ ← θ − rate · ∇L(θ), L the mean loss over the training examples, or over a batch of them.
 * @throws DefinitionError for an option that is unknown or out of range
 * @example gd({ rate: 0.1 })
 */
export function gd(options: GradientDescentOptions): Optimizer<GradientDescent> {
  const read = new Options('gd', options, ['rate', 'normalized', 'batch']);
  return {
    kind: 'optimizer',
    type: 'gd',
    rate: read.positive('rate'),
    normalized: read.boolean('normalized', false),
    batch: read.has('batch') ? read.size('batch') : null,
    origin: captureOrigin(gd),
  };
}

export const gradientDescent: SteppedOptimizer<GradientDescent> = {
  kind: 'steps',
  type: 'gd',
  family: 'gradient',
  version: 1,
  describe({ rate, normalized, batch }) {
    const name = batch === null ? 'gradient descent' : 'stochastic gradient descent';
    const batches = batch === null ? '' : ` · batches of ${batch}`;
    return `${name} · rate ${rate}${normalized ? ' · normalized by the loss' : ''}${batches}`;
  },
  followsGradientFlow: ({ normalized, batch }) => !normalized && batch === null,
  check({ batch, origin }, { name, trainingExamples }) {
    if (batch === null || batch <= trainingExamples) return;
    throw new DefinitionError(
      `'${name}': 'batch' is ${batch}, which exceeds the ${trainingExamples} training examples`,
      {
        origin,
      },
    );
  },
  trainer: ({ model, optimizer, seed }) => firstOrder(model, seed, step(optimizer), optimizer.batch),
  gpu: 'own steps',
};

function step({ rate, normalized }: GradientDescent): MakeStep {
  return (g, gradients, parameters) => ({
    updates: normalized
      ? normalizedUpdates(g, parameters, gradients.scaled(), rate)
      : gradients.exact().map((gradient) => g.multiply(g.scalar(-rate), gradient)),
    memory: [],
  });
}

/** Maximum length of a normalized step, relative to max(1, ‖θ‖). */
const LONGEST_STEP = 0.1;

/** −rate · ∇L / L, clipped to length {@link LONGEST_STEP} · max(1, ‖θ‖). */
function normalizedUpdates(
  g: GraphBuilder,
  parameters: readonly NodeId[],
  { gradients, loss }: { gradients: NodeId[]; loss: NodeId },
  rate: number,
): NodeId[] {
  // No step at loss 0.
  const factor = g.select(g.binary('greater', loss, g.scalar(0)), g.divide(g.scalar(-rate), loss), g.scalar(0));
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
