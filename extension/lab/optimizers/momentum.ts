import { captureOrigin } from '../errors.ts';
import { Options } from '../options.ts';
import type { Optimizer } from './optimizer.ts';

export interface MomentumOptions {
  /** Step size. */
  rate: number;
  /** The share of the last step that goes on, at least 0 and below 1 (default 0.9). */
  momentum?: number;
}

/**
 * Gradient descent with momentum, the heavy ball of Polyak (1964): v ← momentum · v − rate · ∇L(θ), θ ← θ + v, from
 * v = 0. Its steps are in the end 1 / (1 − momentum) times those of gradient descent; `time` counts rate · steps.
 * @throws DefinitionError for an option that is unknown or out of range
 * @example momentum({ rate: 0.1, momentum: 0.9 })
 */
export function momentum(options: MomentumOptions): Optimizer {
  const read = new Options('momentum', options, ['rate', 'momentum']);
  return {
    kind: 'optimizer',
    type: 'momentum',
    rate: read.positive('rate'),
    momentum: read.share('momentum', 0.9),
    origin: captureOrigin(momentum),
  };
}
