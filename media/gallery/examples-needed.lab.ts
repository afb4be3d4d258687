/**
 * How many examples depth saves under gradient descent.
 *
 * Three of 60 coordinates decide the label. Under gradient flow the models
 * u² - v² and u³ - v³ find them from half the examples that w = θ needs for
 * the same test error. Under natural gradient flow most of that is lost; with
 * more examples than dimensions, all of it.
 *
 * Set `sparsity: 60`: all coordinates matter, and depth hurts. Set the start of
 * u and v to 1: the kernel regime, where depth does nothing.
 *
 * Kerekes, Mészáros and Huszár, Depth without the magic (2021).
 */
import {
  diagonal,
  experiment,
  gradientFlow,
  linear,
  naturalGradientFlow,
  separable,
  sweep,
} from 'depth-lab';

experiment(
  'Examples needed',
  sweep({ examples: [20, 40, 80, 160] }, ({ examples }) => ({
    problem: separable({
      dimension: 60,
      train: examples,
      test: 2000,
      sparsity: 3,
    }),
    parameterizations: {
      'depth 1': linear(),
      'depth 2': diagonal({ depth: 2, scale: 0.05 }),
      'depth 3': diagonal({ depth: 3, scale: 0.2 }),
    },
    optimizers: {
      GF: gradientFlow({ until: 1e5 }),
      NGF: naturalGradientFlow({ until: 8, rtol: 1e-6 }),
    },
    seeds: 4,
    claims: {
      'depth saves half the examples': ({ result }) => {
        const error = (depth: number, n: number) =>
          result.mean('GF', `depth ${depth}`, { examples: n }).test.error;
        return [2, 3].every(
          (depth) =>
            error(depth, 40) < error(1, 80) && error(depth, 80) < error(1, 160),
        );
      },
      'depth helps gradient flow': ({ result }) =>
        examples === 20 ||
        result.mean('GF', 'depth 2', { examples }).test.error <
          0.7 * result.mean('GF', 'depth 1', { examples }).test.error,
      'depth helps natural gradient flow far less': ({ result }) =>
        [2, 3].every(
          (depth) =>
            result.mean('NGF', `depth ${depth}`, { examples }).test.error >
            0.75 * result.mean('NGF', 'depth 1', { examples }).test.error,
        ),
      'with n > d it does not help it at all': ({ result }) =>
        examples < 60 || result.at({ examples }).invariance('NGF') < 1e-3,
      'natural gradient flow never beats depth 2': ({ result }) =>
        examples === 20 ||
        result.mean('NGF', 'depth 2', { examples }).test.error >
          1.3 * result.mean('GF', 'depth 2', { examples }).test.error,
    },
  })),
);
