/** The optimizers, as the user wrote them: plain data. */
import type { Origin } from '../errors.ts';

export interface GradientDescent {
  type: 'gd';
  rate: number;
  /** Δθ = −rate · ∇L / L, shortened to ‖Δθ‖ ≤ 0.1 · max(1, ‖θ‖). */
  normalized: boolean;
  /** Examples of each step; null for all of them. */
  batch: number | null;
}

/** v ← momentum · v − rate · ∇L, θ ← θ + v. */
export interface Momentum {
  type: 'momentum';
  rate: number;
  momentum: number;
}

export interface Adam {
  type: 'adam';
  rate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
}

/** θ ← θ − rate · sign(∇L). */
export interface SignDescent {
  type: 'signDescent';
  rate: number;
}

/** Steps that need the gradient alone. */
export type FirstOrder = GradientDescent | Momentum | Adam | SignDescent;

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

/** What an optimizer does, without the place where it was written. */
export type OptimizerRule = FirstOrder | NaturalGradientDescent;

export type Optimizer = OptimizerRule & {
  readonly kind: 'optimizer';
  readonly origin: Origin;
};

/** One line for a tooltip. */
export function describeOptimizer(optimizer: OptimizerRule): string {
  const { rate } = optimizer;
  switch (optimizer.type) {
    case 'gd': {
      const name = optimizer.batch === null ? 'gradient descent' : 'stochastic gradient descent';
      const batch = optimizer.batch === null ? '' : ` · batches of ${optimizer.batch}`;
      return `${name} · rate ${rate}${optimizer.normalized ? ' · normalized by the loss' : ''}${batch}`;
    }
    case 'momentum':
      return `gradient descent with momentum ${optimizer.momentum} · rate ${rate}`;
    case 'adam':
      return `Adam · rate ${rate} · β₁ ${optimizer.beta1} · β₂ ${optimizer.beta2}`;
    case 'signDescent':
      return `sign descent · rate ${rate}`;
    case 'ngd': {
      const damping = optimizer.damping > 0 ? ` · damping ${optimizer.damping}` : '';
      return `natural gradient descent · rate ${rate} · Fisher: ${optimizer.fisher}${damping}`;
    }
  }
}
