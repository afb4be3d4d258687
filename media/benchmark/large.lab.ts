/** The large jobs of `depth-lab bench`: a single run has work for all cores, or there are very many. */
import { ngd } from 'depth-lab';
import { classifiers, completion, naturalClassifier, naturalNetwork } from './kinds';

classifiers('diagonal-gd-512', 512, 1000);
naturalClassifier('diagonal-ngd-1500x2500', 1500, 2500, 5);
naturalNetwork('network-ngd-800', { n: 800, d: 20, width: 200, added: 1e-6 }, 10);

const sparse = { m: 400, rank: 5, observed: 32_000, depth: 2, scale: 0.05 };
const dense = { m: 512, rank: 5, observed: 512 * 512, depth: 2, scale: 0.05 };
completion('factorization-gd-400', sparse, 40, { rate: 0.001 });
completion('factorization-gd-512-dense', dense, 40, { rate: 0.001 });

const square = { m: 100, rank: 5, observed: 2000, scale: 0.3 };
const natural = ngd({ rate: 0.05 });
completion('factorization-ngd-100x100-depth2', { ...square, depth: 2 }, 5, natural);
completion('factorization-ngd-100x100-depth3', { ...square, depth: 3 }, 5, natural);
const population = ngd({ rate: 0.05, fisher: 'population' });
completion('factorization-population-100x100-depth2', { ...square, depth: 2 }, 5, population);
