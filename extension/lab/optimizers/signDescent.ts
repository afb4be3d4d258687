import { captureOrigin } from '../errors.ts';
import { Options } from '../options.ts';
import type { Optimizer } from './optimizer.ts';

export interface SignDescentOptions {
  /** The length of a step in each coordinate. */
  rate: number;
}

/**
 * Sign descent: θ ← θ − rate · sign(∇L(θ)), steepest descent in the largest coordinate; Adam without memory. A
 * coordinate whose derivative is 0 stays.
 * @throws DefinitionError for an option that is unknown or out of range
 * @example signDescent({ rate: 0.01 })
 */
export function signDescent(options: SignDescentOptions): Optimizer {
  const read = new Options('signDescent', options, ['rate']);
  return { kind: 'optimizer', type: 'signDescent', rate: read.positive('rate'), origin: captureOrigin(signDescent) };
}
