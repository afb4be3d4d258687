/**
 * How wide is wide enough for one curve?
 *
 * With at least as many parameters as examples and a Jacobian of full row rank,
 * natural gradient flow fits any network along L(t) = L(0) e^-2t: one curve for
 * all widths and activations. (From f = 0 with a last layer of zeros only that
 * layer has gradients at first, so the width must reach the number of
 * examples.) With fewer parameters than examples the curve is left. Off the
 * training data there is no such law: width and activation decide.
 *
 * Set the widths below 16: the flow ends at once, at a singular point. Or give
 * one network `init: 'orthogonal'`: same curve, another test error.
 *
 * Kerekes, Mészáros and Huszár, Depth without the magic (2021); Cai et al.,
 * Gram-Gauss-Newton method (2019).
 */
import {
  experiment,
  naturalGradientFlow,
  network,
  ngd,
  sweep,
  teacher,
} from 'depth-lab';

const problem = teacher({ dimension: 5, train: 16, test: 1000, widths: [3] });
const names = ['tanh', 'x + sin² x'];

experiment(
  'Wide enough',
  sweep({ width: [16, 32, 64] }, ({ width }) => ({
    problem,
    parameterizations: {
      tanh: network({ widths: [width], zeroOutput: true }),
      'x + sin² x': network({
        widths: [width],
        activation: (x) => x + Math.sin(x) ** 2,
        zeroOutput: true,
      }),
    },
    optimizers: {
      'NGF to t = 1': naturalGradientFlow({ until: 1 }),
      'NGF to t = 6': naturalGradientFlow({ until: 6 }),
    },
    seeds: 3,
    claims: {
      'the loss falls by e^-2t, for every width and activation': ({ result }) =>
        names.every((name) => {
          const [early, late] = ['NGF to t = 1', 'NGF to t = 6'].map(
            (flow) => result.mean(flow, name, { width }).train.loss,
          );
          return Math.abs(late! / early! / Math.exp(-10) - 1) < 1e-3;
        }),
      'the outputs on the training data take one path': ({ result }) =>
        result.at({ width }).invariance('NGF to t = 6') < 1e-4,
      'off the training data the activation decides': ({ result }) =>
        width < 64 ||
        result.mean('NGF to t = 6', 'x + sin² x', { width }).test.error >
          1.2 * result.mean('NGF to t = 6', 'tanh', { width }).test.error,
      'width helps there': ({ result }) =>
        names.every(
          (name) =>
            result.mean('NGF to t = 6', name, { width: 64 }).test.error <
            result.mean('NGF to t = 6', name, { width: 16 }).test.error,
        ),
    },
  })),
);

experiment('Too narrow', {
  problem,
  parameterizations: {
    '12 parameters': network({ widths: [2] }),
    '120 parameters': network({ widths: [20] }),
  },
  optimizers: { NGD: ngd({ rate: 0.05, damping: 1e-6 }) },
  steps: 200,
  seeds: 3,
  claims: {
    'fewer parameters than examples leave the curve': ({ result }) =>
      result.mean('NGD', '12 parameters').train.loss >
      1e3 * result.mean('NGD', '120 parameters').train.loss,
    'more of them follow it to the end': ({ result }) =>
      result.mean('NGD', '120 parameters').train.loss < 1e-6,
  },
});
