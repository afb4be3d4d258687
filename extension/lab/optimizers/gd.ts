import { captureOrigin } from '../errors.ts';
import { Options } from '../options.ts';
import type { Optimizer } from './optimizer.ts';

export interface GradientDescentOptions {
  /** Step size. */
  rate: number;
  /** Divide the gradient by the loss, so that the rate of progress does not vanish with the loss (default false). */
  normalized?: boolean;
}

/**
 * Gradient descent: θ ← θ − rate · ∇L(θ).
 * @throws DefinitionError for an option that is unknown or out of range
 */
export function gd(options: GradientDescentOptions): Optimizer {
  const read = new Options('gd', options, ['rate', 'normalized']);
  return {
    kind: 'optimizer',
    type: 'gd',
    rate: read.positive('rate'),
    normalized: read.boolean('normalized', false),
    origin: captureOrigin(gd),
  };
}
