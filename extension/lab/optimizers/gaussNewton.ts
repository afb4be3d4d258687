import { captureOrigin } from '../errors.ts';
import { Options } from '../options.ts';
import type { DampingScheduleOptions } from './damping.ts';
import { readFisher } from './fisherOptions.ts';
import type { NaturalGradientDescent } from './ngd.ts';
import type { Optimizer } from './optimizer.ts';

export interface GaussNewtonOptions {
  /**
   * Learning rate; 1 is the full step.
   * @example rate: 1
   */
  rate: number;
  /**
   * λ in (JᵀSJ + λI)⁻¹, a number or a schedule as for `ngd`; with 0 (default) the minimum-norm solution.
   * @example damping: 1e-4
   */
  damping?: number | DampingScheduleOptions;
}

/**
 * The (generalized) Gauss–Newton method: θ ← θ − rate · (E[Jᵀ S J] + damping·I)⁻¹ ∇L over the training inputs, S the
 * second derivative of the loss. For the losses of this lab, the Gauss–Newton matrix equals the Fisher information
 * (Martens 2020), so this is an alias of `ngd` with `fisher: 'train'`.
 * @throws DefinitionError for an option that is unknown or out of range
 * @example gaussNewton({ rate: 1, damping: 1e-4 })
 */
export function gaussNewton(options: GaussNewtonOptions): Optimizer<NaturalGradientDescent> {
  const read = new Options('gaussNewton', options, ['rate', 'damping']);
  return {
    kind: 'optimizer',
    type: 'ngd',
    rate: read.positive('rate'),
    ...readFisher(read, 'gaussNewton'),
    origin: captureOrigin(gaussNewton),
  };
}
