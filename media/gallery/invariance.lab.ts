/**
 * How much of the parameterization survives under different natural gradients.
 *
 * With more examples than dimensions the predictor is determined by its
 * gradient, and natural gradient flow takes one path in function space for
 * every parameterization that can move in all directions. Finite steps and
 * damping break this invariance; the claims measure by how much (0: one path).
 */
import {
  elementwise,
  experiment,
  gradientFlow,
  linear,
  naturalGradientFlow,
  ngd,
  separable,
} from 'depth-lab';

experiment('Invariance', {
  problem: separable({ dimension: 20, train: 80, sparsity: 3 }),
  parameterizations: {
    'w = θ': linear(),
    'w = u² - v²': elementwise({ u: 0.3, v: 0.3 }, ({ u, v }) => u * u - v * v),
    'w = sinh u': elementwise({ u: 0 }, ({ u }) => Math.sinh(u)),
  },
  optimizers: {
    'gradient flow': gradientFlow({ until: 8 }),
    'flow (train)': naturalGradientFlow({ until: 8 }),
    'flow (population)': naturalGradientFlow({
      until: 8,
      fisher: 'population',
    }),
    'flow (λ = 1e-4)': naturalGradientFlow({ until: 8, damping: 1e-4 }),
    'flow (λ = 1e-2)': naturalGradientFlow({ until: 8, damping: 1e-2 }),
    'steps of 0.1': ngd({ rate: 0.1 }),
    'steps of 0.01': ngd({ rate: 0.01 }),
  },
  steps: 80,
  claims: {
    'natural gradient flow forgets the parameterization': ({ result }) =>
      result.invariance('flow (train)') < 1e-6,
    'gradient flow does not': ({ result }) =>
      result.invariance('gradient flow') > 0.1,
    'the Fisher information of the population forgets it, too': ({ result }) =>
      result.invariance('flow (population)') < 1e-6,
    'damping brings it back': ({ result }) =>
      result.invariance('flow (λ = 1e-2)') >
      2 * result.invariance('flow (λ = 1e-4)'),
    'shorter steps break it less': ({ result }) =>
      result.invariance('steps of 0.01') <
      0.3 * result.invariance('steps of 0.1'),
  },
});
