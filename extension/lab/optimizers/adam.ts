import type { NodeId } from '../compiler/graph.ts';
import { captureOrigin } from '../errors.ts';
import { Options } from '../options.ts';
import { firstOrder, type MakeStep } from '../training/firstOrder/firstOrder.ts';
import type { Optimizer, SteppedOptimizer } from './optimizer.ts';

export interface AdamOptions {
  /**
   * Learning rate: approximately the step length of each parameter.
   * @example rate: 0.01
   */
  rate: number;
  /**
   * Exponential decay rate of the first moment, at least 0 and below 1 (default 0.9).
   * @example beta1: 0.9
   */
  beta1?: number;
  /**
   * Exponential decay rate of the second moment, at least 0 and below 1 (default 0.999).
   * @example beta2: 0.99
   */
  beta2?: number;
  /**
   * Added to the square root of the second moment, above 0 (default 1e-8).
   * @example epsilon: 1e-7
   */
  epsilon?: number;
}

/** {@link adam} as plain data. */
export interface Adam {
  type: 'adam';
  rate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
}

/**
 * Adam (Kingma and Ba 2015), with full-batch gradients: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ − rate · m̂ /
 * (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ) in step t = 1, 2, ….
 * @throws DefinitionError for an option that is unknown or out of range
 * @example adam({ rate: 0.01 })
 */
export function adam(options: AdamOptions): Optimizer<Adam> {
  const read = new Options('adam', options, ['rate', 'beta1', 'beta2', 'epsilon']);
  return {
    kind: 'optimizer',
    type: 'adam',
    rate: read.positive('rate'),
    beta1: read.share('beta1', 0.9),
    beta2: read.share('beta2', 0.999),
    epsilon: read.positive('epsilon', 1e-8),
    origin: captureOrigin(adam),
  };
}

export const adamOptimizer: SteppedOptimizer<Adam> = {
  kind: 'steps',
  type: 'adam',
  family: 'other',
  version: 1,
  describe: ({ rate, beta1, beta2 }) => `Adam · rate ${rate} · β₁ ${beta1} · β₂ ${beta2}`,
  trainer: ({ model, optimizer, seed }) => firstOrder(model, seed, step(optimizer)),
  gpu: 'own steps',
};

function step({ rate, beta1, beta2, epsilon }: Adam): MakeStep {
  return (g, { exact }) => {
    const gradients = exact();
    /** The exponential moving average of `value`. */
    const running = (name: string, beta: number, value: NodeId) => {
      const state = g.state(name, g.shapeOf(value));
      const next = g.add(g.multiply(g.scalar(beta), state), g.multiply(g.scalar(1 - beta), value));
      return { state, next };
    };
    // 1 − βᵗ is the moving average of the constant 1.
    const shares = [beta1, beta2].map((beta) => running('share', beta, g.scalar(1)));
    const means = gradients.map((gradient) => running('mean', beta1, gradient));
    const squares = gradients.map((gradient) => running('mean square', beta2, g.multiply(gradient, gradient)));
    const updates = gradients.map((_, i) => {
      const mean = g.divide(means[i].next, shares[0].next);
      const root = g.unary('sqrt', g.divide(squares[i].next, shares[1].next));
      return g.multiply(g.scalar(-rate), g.divide(mean, g.add(root, g.scalar(epsilon))));
    });
    return { updates, memory: [...shares, ...means, ...squares] };
  };
}
