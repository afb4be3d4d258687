/**
 * The jobs of `depth-lab bench`: what the peers' scripts do, as experiments like any other.
 * Each peer reports the loss before its last update, so that each job has a twin with one step less.
 */
import {
  dataset,
  elementwise,
  experiment,
  factorization,
  gd,
  matrixCompletion,
  network,
  ngd,
  type Optimizer,
  type Parameterization,
  type Problem,
  sweep,
} from 'depth-lab';
import { completionData, gaussians, separableData } from './peersData';

type Definition = Parameters<typeof experiment>[1];

function job(name: string, steps: number, define: (steps: number) => Definition): void {
  experiment(name, define(steps));
  experiment(`${name} before the last update`, define(steps - 1));
}

/** A single model under a single optimizer. */
function single(
  name: string,
  steps: number,
  problem: Problem,
  parameterization: Parameterization,
  optimizer: Optimizer,
): void {
  job(name, steps, (count) => ({
    problem,
    parameterizations: { model: parameterization },
    optimizers: { optimizer },
    steps: count,
  }));
}

/** Small, with both optimizers on both threads: code that runs often is compiled before anything is timed. */
experiment('warm-up', {
  problem: dataset({ train: separableData(1, 8, 12), loss: 'logistic' }),
  parameterizations: { a: elementwise({ u: 0.1, v: 0.1 }, ({ u, v }) => u * u - v * v) },
  optimizers: { GD: gd({ rate: 0.01 }), NGD: ngd({ rate: 0.01 }) },
  steps: 3000,
  seeds: 2,
});

const classifier = (seed: number) => dataset({ train: separableData(seed, 32, 64), loss: 'logistic' });
const diagonal = elementwise({ u: 0.1, v: 0.1 }, ({ u, v }) => u * u - v * v);

single('diagonal-gd-1', 20_000, classifier(100), diagonal, gd({ rate: 0.01 }));
const runs = Array.from({ length: 64 }, (_, run) => run);
job('diagonal-gd-64', 5000, (steps) =>
  sweep({ run: runs }, ({ run }) => ({
    problem: classifier(100 + run),
    parameterizations: { model: diagonal },
    optimizers: { optimizer: gd({ rate: 0.01 }) },
    steps,
  })),
);
single('diagonal-ngd', 1000, classifier(100), diagonal, ngd({ rate: 0.01 }));

/** The peers sum over the observed entries, where the lab takes means: their rate is ours by the number of entries. */
function completion(
  name: string,
  m: number,
  rank: number,
  observed: number,
  depth: number,
  scale: number,
  steps: number,
  optimizer: Optimizer,
): void {
  const init = Array.from({ length: depth }, (_, layer) => gaussians(50 + layer, m, m, scale));
  single(
    name,
    steps,
    matrixCompletion(completionData(7, m, rank, observed)),
    factorization({ depth, init }),
    optimizer,
  );
}

completion('factorization-gd-20x20-depth3', 20, 2, 160, 3, 0.1, 5000, gd({ rate: 0.01 * 160 }));
completion('factorization-gd-100x100-depth3', 100, 5, 2000, 3, 0.05, 500, gd({ rate: 0.001 * 2000 }));
completion('factorization-ngd-12x12-depth2', 12, 2, 80, 2, 0.3, 100, ngd({ rate: 0.05 }));
completion('factorization-ngd-40x40-depth2', 40, 3, 480, 2, 0.3, 5, ngd({ rate: 0.05 }));

const inputs = gaussians(5, 48, 10);
single(
  'network-ngd',
  200,
  dataset({ train: { inputs, labels: inputs.map(([a, b]) => Math.sin(a) + 0.5 * b) }, loss: 'square' }),
  network({ widths: [64], init: [gaussians(6, 64, 10, 1 / Math.sqrt(10)), gaussians(8, 1, 64, 1 / Math.sqrt(64))] }),
  // The peers add 1e-10 to the diagonal of J Jᵀ, which is n times the Fisher information.
  ngd({ rate: 0.1, damping: 1e-10 / 48 }),
);
