import { captureOrigin } from '../errors.ts';
import { Options } from '../options.ts';
import type { Optimizer } from './optimizer.ts';

export interface GradientDescentOptions {
  /** Step size. */
  rate: number;
  /** Divide the gradient by the loss, so that the rate of progress does not vanish with the loss (default false). */
  normalized?: boolean;
  /**
   * Examples of each step (stochastic gradient descent); without it all of them. The training examples come in random
   * order, epoch after epoch, cut into batches of this size; the order is fixed by the run's seed.
   */
  batch?: number;
}

/**
 * Gradient descent: θ ← θ − rate · ∇L(θ), L the mean loss over the training examples, or over a batch of them.
 * @throws DefinitionError for an option that is unknown or out of range
 * @example gd({ rate: 0.1 })
 */
export function gd(options: GradientDescentOptions): Optimizer {
  const read = new Options('gd', options, ['rate', 'normalized', 'batch']);
  return {
    kind: 'optimizer',
    type: 'gd',
    rate: read.positive('rate'),
    normalized: read.boolean('normalized', false),
    batch: read.has('batch') ? read.count('batch') : null,
    origin: captureOrigin(gd),
  };
}
