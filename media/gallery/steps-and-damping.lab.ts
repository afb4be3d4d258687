/**
 * What "approximately invariant" means: the error against rate and damping.
 *
 * Natural gradient flow takes one path; steps of finite length leave it, and so
 * does damping, because F + λI does not transform like F. Both errors are of
 * first order: half the rate gives half the distance between the paths of two
 * parameterizations, and so does half the damping as long as λ is far below
 * the smallest eigenvalue of F.
 *
 * Add `fisher: 'empirical'` to the steps: they run away, for its flow ends in
 * finite time. Follow the damped flow to `until: 20`: F shrinks with the loss,
 * λ does not, and what is left is gradient flow; the claim on damping then
 * fails, as it should.
 *
 * Martens, New insights and perspectives on the natural gradient method (2020).
 */
import {
  elementwise,
  experiment,
  linear,
  naturalGradientFlow,
  ngd,
  separable,
  sweep,
} from 'depth-lab';

const problem = separable({ dimension: 20, train: 80, sparsity: 3 });
const parameterizations = {
  'w = θ': linear(),
  'w = u² - v²': elementwise({ u: 0.3, v: 0.3 }, ({ u, v }) => u * u - v * v),
  'w = sinh u': elementwise({ u: 0 }, ({ u }) => Math.sinh(u)),
};

/** The exponent k where y grows like x^k from (x, y) to (X, Y). */
const slope = (x: number, y: number, X: number, Y: number) =>
  Math.log(Y / y) / Math.log(X / x);

experiment(
  'Steps',
  sweep({ steps: [40, 80, 160] }, ({ steps }) => ({
    problem,
    parameterizations,
    optimizers: { NGD: ngd({ rate: 4 / steps }) },
    steps,
    seeds: 2,
    claims: {
      'the paths differ at every rate': ({ result }) =>
        result.at({ steps }).invariance('NGD') > 1e-3,
      'they differ in proportion to the rate': ({ result }) => {
        const at = (n: number) => result.at({ steps: n }).invariance('NGD');
        const orders = [
          slope(1 / 80, at(80), 1 / 40, at(40)),
          slope(1 / 160, at(160), 1 / 80, at(80)),
        ];
        return orders.every((order) => Math.abs(order - 1) < 0.15);
      },
    },
  })),
);

experiment(
  'Damping',
  sweep({ damping: [1e-7, 1e-6, 1e-5, 1e-2] }, ({ damping }) => ({
    problem,
    parameterizations,
    optimizers: { NGF: naturalGradientFlow({ until: 4, damping }) },
    seeds: 2,
    claims: {
      'small damping separates the paths in proportion': ({ result }) => {
        const at = (λ: number) => result.at({ damping: λ }).invariance('NGF');
        const orders = [
          slope(1e-7, at(1e-7), 1e-6, at(1e-6)),
          slope(1e-6, at(1e-6), 1e-5, at(1e-5)),
        ];
        return orders.every((order) => Math.abs(order - 1) < 0.1);
      },
      'damping of 0.01 brings the parameterization back': ({ result }) =>
        result.at({ damping: 1e-2 }).invariance('NGF') > 0.1,
    },
  })),
);
