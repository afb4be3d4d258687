import { captureOrigin } from '../errors.ts';
import { Options } from '../options.ts';
import type { Optimizer } from './optimizer.ts';

export interface AdamOptions {
  /** Step size: about the length of a step of each parameter. */
  rate: number;
  /** Decay of the mean gradient, at least 0 and below 1 (default 0.9). */
  beta1?: number;
  /** Decay of the mean squared gradient, at least 0 and below 1 (default 0.999). */
  beta2?: number;
  /** Added to the root of the mean square, above 0 (default 1e-8). */
  epsilon?: number;
}

/**
 * Adam (Kingma and Ba 2015), on the gradient over all training examples: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g²,
 * θ ← θ − rate · m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ) in step t = 1, 2, ….
 * @throws DefinitionError for an option that is unknown or out of range
 * @example adam({ rate: 0.01 })
 */
export function adam(options: AdamOptions): Optimizer {
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
