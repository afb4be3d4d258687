/** The optimizers, as the user wrote them: plain data. */
import type { Origin } from '../errors.ts';

export interface GradientDescent {
  type: 'gd';
  rate: number;
  /** Δθ = −rate · ∇L / L, shortened to ‖Δθ‖ ≤ 0.1 · max(1, ‖θ‖). */
  normalized: boolean;
}

/** Which inputs the Fisher information is averaged over. */
export type Fisher = 'train' | 'population' | 'empirical';

/** The space of the linear system; `auto` takes the smallest in which it has full rank. */
export type Solver = 'auto' | 'parameters' | 'samples';

export interface NaturalGradientDescent {
  type: 'ngd';
  rate: number;
  fisher: Fisher;
  damping: number;
  solver: Solver;
  /** Unlabeled draws for a population that has no closed form. */
  fisherSamples: number;
}

export type Optimizer = (GradientDescent | NaturalGradientDescent) & {
  readonly kind: 'optimizer';
  readonly origin: Origin;
};

/** One line for a tooltip. */
export function describeOptimizer(optimizer: GradientDescent | NaturalGradientDescent): string {
  if (optimizer.type === 'gd') {
    return `gradient descent · rate ${optimizer.rate}${optimizer.normalized ? ' · normalized by the loss' : ''}`;
  }
  const damping = optimizer.damping > 0 ? ` · damping ${optimizer.damping}` : '';
  return `natural gradient descent · rate ${optimizer.rate} · Fisher: ${optimizer.fisher}${damping}`;
}
