import { captureOrigin } from '../errors.ts';
import { Options } from '../options.ts';
import { firstOrder, type MakeStep } from '../training/firstOrder/firstOrder.ts';
import type { Optimizer, SteppedOptimizer } from './optimizer.ts';

export interface SignDescentOptions {
  /**
   * Learning rate: the step length in each coordinate.
   * @example rate: 0.01
   */
  rate: number;
}

/** {@link signDescent} as plain data. */
export interface SignDescent {
  type: 'signDescent';
  rate: number;
}

/**
 * Sign descent: θ ← θ − rate · sign(∇L(θ)), steepest descent in the max norm; Adam without momentum. A coordinate whose
 * derivative is 0 does not move.
 * @throws DefinitionError for an option that is unknown or out of range
 * @example signDescent({ rate: 0.01 })
 */
export function signDescent(options: SignDescentOptions): Optimizer<SignDescent> {
  const read = new Options('signDescent', options, ['rate']);
  return { kind: 'optimizer', type: 'signDescent', rate: read.positive('rate'), origin: captureOrigin(signDescent) };
}

export const signDescentOptimizer: SteppedOptimizer<SignDescent> = {
  kind: 'steps',
  type: 'signDescent',
  family: 'other',
  version: 1,
  describe: ({ rate }) => `sign descent · rate ${rate}`,
  trainer: ({ model, optimizer, seed }) => firstOrder(model, seed, step(optimizer)),
  gpu: 'own steps',
};

/** θ ← θ − rate · sign(∇L). */
function step({ rate }: SignDescent): MakeStep {
  return (g, { scaled }) => ({
    // A positive factor does not change signs: scaling preserves them if the loss underflows.
    updates: scaled().gradients.map((gradient) => g.multiply(g.scalar(-rate), g.unary('sign', gradient))),
    memory: [],
  });
}
