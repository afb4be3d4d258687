/**
 * Under natural gradient flow all margins are equal.
 *
 * With fewer examples than dimensions (n ≤ d) and the logistic loss, natural
 * gradient flow moves every margin m = y f(x) by dm/dt = 1 + e^-m: from 0 they
 * are log(2 e^t - 1) at time t, all the same, so every point is a support
 * vector. The linear model stays on the minimum-norm fit of the labels. What
 * gradient flow tends to has other margins: the max L2 margin for w = θ, the
 * max L1 margin for u² - v².
 *
 * Change `until`, dimension or depth: the margins stay on the formula, as long
 * as train ≤ dimension. Then set `train: 60` and look again (newton-flow.lab.ts).
 *
 * Soudry et al., The implicit bias of gradient descent on separable data
 * (2018); Kerekes, Mészáros and Huszár, Depth without the magic (2021).
 */
import {
  diagonal,
  type ExperimentResult,
  experiment,
  gradientFlow,
  linear,
  naturalGradientFlow,
  separable,
} from 'depth-lab';

const names = ['w = θ', 'w = u² - v²', 'w = u³ - v³'];
const until = 10;

/** min y w·x / |w| in a norm under gradient flow: the mean over the seeds. */
function margin(result: ExperimentResult, name: string, norm: 'l1' | 'l2') {
  const margins = result.runs
    .filter((run) => run.optimizer === 'GF' && run.parameterization === name)
    .map((run) => run.margins!.min / run.norms![norm]!);
  return margins.reduce((sum, one) => sum + one, 0) / margins.length;
}

experiment('Equal margins', {
  problem: separable({ dimension: 40, train: 20, test: 2000, sparsity: 3 }),
  parameterizations: {
    'w = θ': linear(),
    'w = u² - v²': diagonal({ depth: 2, scale: 0.1 }),
    'w = u³ - v³': diagonal({ depth: 3, scale: 0.3 }),
  },
  optimizers: {
    GF: gradientFlow({ until: 1e8 }),
    NGF: naturalGradientFlow({ until }),
  },
  seeds: 4,
  claims: {
    'every margin is log(2 e^t - 1), at every depth': ({ result }) =>
      names.every((name) => {
        const { min, max } = result.mean('NGF', name).margins!;
        const predicted = Math.log(2 * Math.exp(until) - 1);
        return max - predicted < 1e-7 && predicted - min < 1e-7;
      }),
    'margins under gradient flow are not equal': ({ result }) =>
      names.every((name) => {
        const { min, max } = result.mean('GF', name).margins!;
        return max > 1.2 * min;
      }),
    'w = θ stays on the minimum-norm fit, not the max L2 margin': ({
      result,
    }) =>
      result.angle('minimum-norm fit', 'NGF', 'w = θ') < 1e-7 &&
      result.angle('max L2 margin', 'NGF', 'w = θ') > 0.05,
    'gradient flow tends to the max L2 margin': ({ result }) =>
      result.angle('max L2 margin', 'GF', 'w = θ') <
      0.6 * result.angle('minimum-norm fit', 'GF', 'w = θ'),
    'w = θ has the larger L2 margin, u² - v² the larger L1 margin': ({
      result,
    }) =>
      margin(result, 'w = θ', 'l2') >
        1.15 * margin(result, 'w = u² - v²', 'l2') &&
      margin(result, 'w = u² - v²', 'l1') >
        1.15 * margin(result, 'w = θ', 'l1'),
  },
});
