/** The small jobs of `depth-lab bench`: what the peers' scripts do, as experiments like any other. */
import { dataset, elementwise, experiment, gd, ngd } from 'depth-lab';
import { classifiers, completion, naturalClassifier, naturalNetwork } from './kinds';
import { separableData } from './peersData';

/** Small, with both optimizers on both threads: code that runs often is compiled before anything is timed. */
experiment('warm-up', {
  problem: dataset({ train: separableData(1, 8, 12), loss: 'logistic' }),
  parameterizations: { a: elementwise({ u: 0.1, v: 0.1 }, ({ u, v }) => u * u - v * v) },
  optimizers: { GD: gd({ rate: 0.01 }), NGD: ngd({ rate: 0.01 }) },
  steps: 3000,
  seeds: 2,
});

classifiers('diagonal-gd-1', 1, 20_000);
classifiers('diagonal-gd-64', 64, 5000);
naturalClassifier('diagonal-ngd', 32, 64, 1000);

const small = { m: 20, rank: 2, observed: 160, depth: 3, scale: 0.1 };
const middle = { m: 100, rank: 5, observed: 2000, depth: 3, scale: 0.05 };
completion('factorization-gd-20x20-depth3', small, 5000, { rate: 0.01 });
completion('factorization-gd-100x100-depth3', middle, 500, { rate: 0.001 });

const natural = ngd({ rate: 0.05 });
completion('factorization-ngd-12x12-depth2', { m: 12, rank: 2, observed: 80, depth: 2, scale: 0.3 }, 100, natural);
completion('factorization-ngd-40x40-depth2', { m: 40, rank: 3, observed: 480, depth: 2, scale: 0.3 }, 5, natural);

naturalNetwork('network-ngd', { n: 48, d: 10, width: 64, added: 1e-10 }, 200);
