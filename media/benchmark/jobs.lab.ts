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
  ngd,
  type Optimizer,
  type Parameterization,
  type Problem,
} from 'depth-lab';
import { completionData, gaussians, separableData } from './peersData';

function job(
  name: string,
  steps: number,
  problem: Problem,
  parameterization: Parameterization,
  optimizer: Optimizer,
): void {
  for (const [suffix, count] of [
    ['', steps],
    [' before the last update', steps - 1],
  ] as const) {
    experiment(name + suffix, {
      problem,
      parameterizations: { model: parameterization },
      optimizers: { optimizer },
      steps: count,
    });
  }
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

job('diagonal-gd-1', 20_000, classifier(100), diagonal, gd({ rate: 0.01 }));
job('diagonal-ngd', 1000, classifier(100), diagonal, ngd({ rate: 0.01 }));

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
  job(name, steps, matrixCompletion(completionData(7, m, rank, observed)), factorization({ depth, init }), optimizer);
}

completion('factorization-gd-20x20-depth3', 20, 2, 160, 3, 0.1, 5000, gd({ rate: 0.01 * 160 }));
completion('factorization-gd-100x100-depth3', 100, 5, 2000, 3, 0.05, 500, gd({ rate: 0.001 * 2000 }));
completion('factorization-ngd-12x12-depth2', 12, 2, 80, 2, 0.3, 100, ngd({ rate: 0.05 }));
completion('factorization-ngd-40x40-depth2', 40, 3, 480, 2, 0.3, 5, ngd({ rate: 0.05 }));
