/**
 * What each Fisher information, solver and damping keeps of the invariance: natural gradient flows of three
 * parameterizations from one start, measured by the largest distance between their paths (`depth-lab run FILE`).
 */
import { elementwise, experiment, linear, naturalGradientFlow, type Optimizer, separable } from 'depth-lab';

const start = 0.5;
const flow = { until: 4, rtol: 1e-9, atol: 1e-12 } as const;
const optimizers: Record<string, Optimizer> = {};
for (const fisher of ['train', 'population', 'empirical'] as const) {
  for (const solver of ['parameters', 'samples', 'iterative'] as const) {
    for (const damping of [0, 1e-4, 1e-2]) {
      optimizers[`${fisher} · ${solver} · ${damping}`] = naturalGradientFlow({ ...flow, fisher, solver, damping });
    }
  }
}

experiment('What is kept of the invariance', {
  problem: separable({ dimension: 20, train: 80, test: 2000, sparsity: 3, seed: 1 }),
  parameterizations: {
    'w = θ': linear(),
    'w = u² - v²': elementwise({ u: start, v: start }, ({ u, v }) => u * u - v * v),
    'w = sinh u': elementwise({ u: 0 }, ({ u }) => Math.sinh(u)),
  },
  optimizers,
});
