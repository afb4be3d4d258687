/**
 * Deep linear networks learn mode by mode; natural gradient flow, all at once.
 *
 * A matrix with singular values 4, 2 and 1 is fitted by W₂ W₁ from a small
 * balanced start. Under gradient flow each mode a(t) is a logistic curve,
 * da/dt = 2a (s - a): strong modes come first, one after the other. Under
 * natural gradient flow every mode does a fraction 1 - e^-t of its way.
 *
 * Move the start: from `scale: 0.01` the wait is twice as long. Depth 1 has no
 * wait, and no order.
 *
 * Saxe, McClelland and Ganguli, Exact solutions to the nonlinear dynamics of
 * learning in deep linear neural networks (2014).
 */
import {
  type ExperimentResult,
  experiment,
  factorization,
  gradientFlow,
  linear,
  matrixCompletion,
  naturalGradientFlow,
  sweep,
} from 'depth-lab';

const modes = [4, 2, 1];
const scale = 0.1;

/** The diagonal of W₂ W₁ at the end of a flow. */
const learned = (result: ExperimentResult, flow: string, time: number) =>
  modes.map(
    (_, i) => result.mean(flow, 'W = W₂ W₁', { time }).predictor![4 * i],
  );

const near = (a: number, b: number) => Math.abs(a / b - 1) < 1e-5;

experiment(
  'Modes',
  sweep({ time: [0.7, 1.4, 2.8] }, ({ time }) => ({
    problem: matrixCompletion({
      matrix: modes.map((s, i) => modes.map((_, j) => (i === j ? s : 0))),
    }),
    parameterizations: {
      'W = θ': linear(),
      'W = W₂ W₁': factorization({ depth: 2, init: 'identity', scale }),
    },
    optimizers: {
      // The loss is a mean over 9 entries: 9 times as much time for its flow.
      GF: gradientFlow({ until: 9 * time }),
      NGF: naturalGradientFlow({ until: time }),
    },
    claims: {
      'gradient flow: each mode is its own logistic curve': ({ result }) =>
        modes.every((s, i) => {
          const growth = Math.exp(2 * s * time);
          const predicted = s / (1 + (s / scale ** 2 - 1) / growth);
          return near(learned(result, 'GF', time)[i]!, predicted);
        }),
      'strong modes first: at t = 1.4 one is there, one on its way': ({
        result,
      }) => {
        const [first, second, third] = learned(result, 'GF', 1.4);
        return first! > 3.9 && second! > 1 && second! < 1.6 && third! < 0.2;
      },
      'natural gradient flow: all at once, by a fraction of 1 - e^-t': ({
        result,
      }) =>
        modes.every((s, i) => {
          const predicted = s + (scale ** 2 - s) * Math.exp(-time);
          return near(learned(result, 'NGF', time)[i]!, predicted);
        }),
    },
  })),
);
