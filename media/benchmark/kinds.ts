/** What the jobs of `depth-lab bench` are made of. Each peer reports the loss before its last update, so that each job has a twin with one step less. */
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
export function single(
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

const classifier = (seed: number) => dataset({ train: separableData(seed, 32, 64), loss: 'logistic' });

/** u*u - v*v from 0.1. */
export const diagonal = elementwise({ u: 0.1, v: 0.1 }, ({ u, v }) => u * u - v * v);

/** Gradient descent on as many data sets, side by side. */
export function classifiers(name: string, runs: number, steps: number): void {
  const optimizer = gd({ rate: 0.01 });
  if (runs === 1) {
    single(name, steps, classifier(100), diagonal, optimizer);
    return;
  }
  const all = Array.from({ length: runs }, (_, run) => run);
  job(name, steps, (count) =>
    sweep({ run: all }, ({ run }) => ({
      problem: classifier(100 + run),
      parameterizations: { model: diagonal },
      optimizers: { optimizer },
      steps: count,
    })),
  );
}

/** Natural gradient descent on one classifier. */
export function naturalClassifier(name: string, count: number, dimension: number, steps: number): void {
  const problem = dataset({ train: separableData(100, count, dimension), loss: 'logistic' });
  single(name, steps, problem, diagonal, ngd({ rate: 0.01 }));
}

/** @param rate of the peers, which sum over the observed entries where the lab takes means */
export function completion(
  name: string,
  { m, rank, observed, depth, scale }: { m: number; rank: number; observed: number; depth: number; scale: number },
  steps: number,
  optimizer: Optimizer | { rate: number },
): void {
  const init = Array.from({ length: depth }, (_, layer) => gaussians(50 + layer, m, m, scale));
  single(
    name,
    steps,
    matrixCompletion(completionData(7, m, rank, observed)),
    factorization({ depth, init }),
    'kind' in optimizer ? optimizer : gd({ rate: optimizer.rate * observed }),
  );
}

/** A network of tanh units. @param added to the diagonal of J Jᵀ, which is n times the Fisher information */
export function naturalNetwork(
  name: string,
  { n, d, width, added }: { n: number; d: number; width: number; added: number },
  steps: number,
): void {
  const inputs = gaussians(5, n, d);
  const init = [gaussians(6, width, d, 1 / Math.sqrt(d)), gaussians(8, 1, width, 1 / Math.sqrt(width))];
  const train = { inputs, labels: inputs.map(([a, b]) => Math.sin(a) + 0.5 * b) };
  single(
    name,
    steps,
    dataset({ train, loss: 'square' }),
    network({ widths: [width], init }),
    ngd({ rate: 0.1, damping: added / n }),
  );
}
