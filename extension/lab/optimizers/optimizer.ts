/** The optimizers, as the user wrote them: plain data. */
import type { Origin } from '../errors.ts';
import { type Damping, describeDamping } from './damping.ts';

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

/**
 * The space of the linear system, or conjugate gradients without a matrix; `auto` takes the smallest space in which
 * the system has full rank, and conjugate gradients where it would be too large (`training/natural/space.ts`).
 */
export type Solver = 'auto' | 'parameters' | 'samples' | 'iterative';

/** Which curvature a natural gradient is taken in, and how the system with it is solved. */
export interface NaturalMetric {
  fisher: Fisher;
  damping: Damping;
  solver: Solver;
  /** Relative residual at which the iterative solver stops. */
  tolerance: number;
  /** Iterations of the iterative solver in one step, at most; null for a number by the system's size. */
  iterations: number | null;
  /** Unlabeled draws for a population that has no closed form. */
  fisherSamples: number;
}

export interface NaturalGradientDescent extends NaturalMetric {
  type: 'ngd';
  rate: number;
}

/** How far a flow goes and how closely it is followed. */
export interface FlowControl {
  /** The time t at which the flow ends. */
  until: number;
  /** Relative and absolute error of each parameter in one step of the integrator. */
  rtol: number;
  atol: number;
}

/** dθ/dt = −∇L. */
export interface GradientFlow extends FlowControl {
  type: 'gradientFlow';
}

/** dθ/dt = −(F + damping I)⁻¹ ∇L. */
export interface NaturalGradientFlow extends FlowControl, NaturalMetric {
  type: 'naturalGradientFlow';
}

export type Flow = GradientFlow | NaturalGradientFlow;

/** Steps with Kronecker-factored curvature. */
export interface Kfac {
  type: 'kfac';
  rate: number;
  damping: number;
}

/** What an optimizer does, without the place where it was written. */
export type OptimizerRule = FirstOrder | NaturalGradientDescent | Kfac | Flow;

/** Whether an optimizer goes on in continuous time, without steps of its own. */
export function isFlow(optimizer: OptimizerRule): optimizer is Flow {
  return optimizer.type === 'gradientFlow' || optimizer.type === 'naturalGradientFlow';
}

/** Whether an optimizer solves systems with the Fisher information. */
export function isNatural(optimizer: OptimizerRule): optimizer is NaturalGradientDescent | NaturalGradientFlow {
  return optimizer.type === 'ngd' || optimizer.type === 'naturalGradientFlow';
}

export type Optimizer = OptimizerRule & {
  readonly kind: 'optimizer';
  readonly origin: Origin;
};

/** One line for a tooltip. */
export function describeOptimizer(optimizer: OptimizerRule): string {
  switch (optimizer.type) {
    case 'gd': {
      const name = optimizer.batch === null ? 'gradient descent' : 'stochastic gradient descent';
      const batch = optimizer.batch === null ? '' : ` · batches of ${optimizer.batch}`;
      return `${name} · rate ${optimizer.rate}${optimizer.normalized ? ' · normalized by the loss' : ''}${batch}`;
    }
    case 'momentum':
      return `gradient descent with momentum ${optimizer.momentum} · rate ${optimizer.rate}`;
    case 'adam':
      return `Adam · rate ${optimizer.rate} · β₁ ${optimizer.beta1} · β₂ ${optimizer.beta2}`;
    case 'signDescent':
      return `sign descent · rate ${optimizer.rate}`;
    case 'kfac':
      return `K-FAC · rate ${optimizer.rate} · damping ${optimizer.damping}`;
    case 'ngd':
      return `natural gradient descent · rate ${optimizer.rate}${describeMetric(optimizer)}`;
    case 'gradientFlow':
      return `gradient flow · to t = ${optimizer.until}`;
    case 'naturalGradientFlow':
      return `natural gradient flow · to t = ${optimizer.until}${describeMetric(optimizer)}`;
  }
}

function describeMetric({ fisher, damping, solver }: NaturalMetric): string {
  return ` · Fisher: ${fisher}${describeDamping(damping)}${solver === 'iterative' ? ' · solved iteratively' : ''}`;
}
