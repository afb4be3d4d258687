/**
 * Each optimizer maximizes the margin in a norm of its own.
 *
 * On separable data gradient descent tends to the largest L2 margin. Sign
 * descent and Adam tend to the largest max-norm margin, min y w·x / max |w|,
 * which spreads the weight evenly over the coordinates. Natural gradient
 * descent maximizes neither.
 *
 * Give `adam` an `epsilon` of 1: while gradients are smaller than that, it is
 * gradient descent with momentum, and its max-norm margin that of GD.
 *
 * Gunasekar et al., Characterizing implicit bias in terms of optimization
 * geometry (2018); Zhang, Zou and Cao, The implicit bias of Adam on separable
 * data (2024).
 */
import {
  adam,
  type ExperimentResult,
  experiment,
  gd,
  linear,
  ngd,
  separable,
  signDescent,
} from 'depth-lab';

/** min y w·x / |w| in a norm: the mean over the seeds. */
function margin(
  result: ExperimentResult,
  optimizer: string,
  norm: 'l2' | 'max',
) {
  const margins = result.runs
    .filter((run) => run.optimizer === optimizer)
    .map((run) => run.margins!.min / run.norms![norm]!);
  return margins.reduce((sum, one) => sum + one, 0) / margins.length;
}

experiment('Geometry of steps', {
  problem: separable({ dimension: 40, train: 60, test: 2000 }),
  parameterizations: { 'w = θ': linear() },
  optimizers: {
    GD: gd({ rate: 0.03, normalized: true }),
    'sign descent': signDescent({ rate: 0.003 }),
    Adam: adam({ rate: 0.003, beta2: 0.99, epsilon: 1e-30 }),
    NGD: ngd({ rate: 0.01 }),
  },
  steps: 4000,
  seeds: 4,
  claims: {
    'sign descent has the largest max-norm margin': ({ result }) =>
      ['GD', 'NGD'].every(
        (other) =>
          margin(result, 'sign descent', 'max') >
          1.15 * margin(result, other, 'max'),
      ),
    'Adam comes close to it': ({ result }) =>
      margin(result, 'Adam', 'max') >
      0.9 * margin(result, 'sign descent', 'max'),
    'gradient descent has the largest L2 margin': ({ result }) =>
      ['sign descent', 'Adam', 'NGD'].every(
        (other) =>
          margin(result, 'GD', 'l2') > 1.08 * margin(result, other, 'l2'),
      ) && result.angle('max L2 margin', 'GD', 'w = θ') < 0.1,
    'natural gradient descent has neither': ({ result }) =>
      result.angle('max L2 margin', 'NGD', 'w = θ') > 0.2,
  },
});
