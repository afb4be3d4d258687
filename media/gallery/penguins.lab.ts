/**
 * Penguins: where the data decide, depth changes the path, not the endpoint.
 *
 * The sex of 333 penguins from four measurements of their bodies. The classes
 * overlap, so the logistic loss has one minimum, and every optimizer ends there
 * with every parameterization. Only the paths differ, and only under gradient
 * flow. Compare digits.lab.ts, where there are fewer examples than dimensions.
 *
 * Train on fewer examples (`split: 5`): now the data can be separated, and
 * under gradient flow the parameterization decides again. The claims that all
 * end at one predictor then fail, as they should.
 *
 * Data: Gorman, Williams and Fraser (2014); Palmer Station LTER, CC0, from the
 * npm package `vega-datasets`.
 */
import {
  dataset,
  diagonal,
  experiment,
  gradientFlow,
  linear,
  naturalGradientFlow,
} from 'depth-lab';

const names = ['w = θ', 'w = u² - v²', 'w = u³ - v³'];

experiment('Penguins', {
  problem: dataset({
    csv: 'data/penguins.csv',
    label: 'sex',
    positive: 'male',
    loss: 'logistic',
    split: 0.6,
    standardize: true,
  }),
  parameterizations: {
    'w = θ': linear(),
    'w = u² - v²': diagonal({ depth: 2, scale: 0.3 }),
    'w = u³ - v³': diagonal({ depth: 3, scale: 0.5 }),
  },
  optimizers: {
    GF: gradientFlow({ until: 1e4 }),
    NGF: naturalGradientFlow({ until: 12 }),
  },
  seeds: 4,
  claims: {
    'all end at the same predictor': ({ result }) => {
      const seeds = new Set(result.runs.map((run) => run.seed));
      return [...seeds].every((seed) => {
        const [first, ...others] = result.runs
          .filter((run) => run.seed === seed)
          .map((run) => run.predictor!);
        return others.every((other) =>
          other.every((weight, i) => Math.abs(weight - first![i]!) < 0.05),
        );
      });
    },
    'with the same test error, about one in ten': ({ result }) => {
      const { error } = result.mean('NGF', 'w = θ').test;
      return (
        error > 0.05 &&
        error < 0.15 &&
        names.every(
          (name) => Math.abs(result.mean('GF', name).test.error - error) < 0.01,
        )
      );
    },
    'some examples stay on the wrong side': ({ result }) =>
      names.every((name) => result.mean('GF', name).margins!.min < -1),
    'the paths of gradient flow differ': ({ result }) =>
      result.invariance('GF') > 0.1,
    'those of natural gradient flow do not': ({ result }) =>
      result.invariance('NGF') < 1e-6,
  },
});
