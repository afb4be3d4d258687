import { captureOrigin } from '../errors.ts';
import { Options } from '../options.ts';
import { firstOrder, type MakeStep } from '../training/firstOrder/firstOrder.ts';
import type { Optimizer, SteppedOptimizer } from './optimizer.ts';

export interface MomentumOptions {
  /**
   * Learning rate: the time t per step, t = rate · steps.
   * @example rate: 0.1
   */
  rate: number;
  /**
   * Momentum coefficient, at least 0 and below 1 (default 0.9).
   * @example momentum: 0.9
   */
  momentum?: number;
}

/** {@link momentum} as plain data. */
export interface Momentum {
  type: 'momentum';
  rate: number;
  momentum: number;
}

/**
 * Gradient descent with momentum, the heavy ball of Polyak (1964): v ← momentum · v − rate · ∇L(θ), θ ← θ + v, from v =
 * 0. The effective learning rate is asymptotically rate / (1 − momentum); `time` is rate · steps.
 * @throws DefinitionError for an option that is unknown or out of range
 * @example momentum({ rate: 0.1, momentum: 0.9 })
 */
export function momentum(options: MomentumOptions): Optimizer<Momentum> {
  const read = new Options('momentum', options, ['rate', 'momentum']);
  return {
    kind: 'optimizer',
    type: 'momentum',
    rate: read.positive('rate'),
    momentum: read.share('momentum', 0.9),
    origin: captureOrigin(momentum),
  };
}

export const momentumOptimizer: SteppedOptimizer<Momentum> = {
  kind: 'steps',
  type: 'momentum',
  family: 'other',
  version: 1,
  describe: ({ rate, momentum: share }) => `gradient descent with momentum ${share} · rate ${rate}`,
  trainer: ({ model, optimizer, seed }) => firstOrder(model, seed, step(optimizer)),
  gpu: 'own steps',
};

/** v ← momentum · v − rate · ∇L, θ ← θ + v. */
function step({ rate, momentum: share }: Momentum): MakeStep {
  return (g, { exact }) => {
    const memory = exact().map((gradient) => {
      const velocity = g.state('velocity', g.shapeOf(gradient));
      const kept = g.multiply(g.scalar(share), velocity);
      return { state: velocity, next: g.subtract(kept, g.multiply(g.scalar(rate), gradient)) };
    });
    return { updates: memory.map(({ next }) => next), memory };
  };
}
