/**
 * Linear convolutional networks: few frequencies under gradient flow.
 *
 * w = w₁ * w₂ * ... is a product in the Fourier basis, as u² - v² is one in the
 * coordinates. Gradient flow from a small start therefore tends to predictors
 * with few frequencies, fewer at greater depth. Natural gradient flow with more
 * examples than dimensions has the same spectrum at every depth; with fewer, a
 * part of the effect survives in the directions that the data leave open.
 *
 * Replace `convolutional({ depth: 2 })` by `diagonal()`: the predictor becomes
 * sparse in its coordinates, and its spectrum dense.
 *
 * Gunasekar et al., Implicit bias of gradient descent on linear convolutional
 * networks (2018).
 */
import {
  convolutional,
  type ExperimentResult,
  experiment,
  gradientFlow,
  linear,
  naturalGradientFlow,
  separable,
  sweep,
} from 'depth-lab';

const dimension = 24;
const names = ['depth 1', 'depth 2', 'depth 3'];

/** Share of the frequencies in use: (sum |a|)² / (d sum |a|²), 1 if all alike. */
function frequencies(w: Float64Array): number {
  const magnitudes = Array.from(w, (_, k) => {
    const angle = (2 * Math.PI * k) / w.length;
    const [re, im] = [Math.cos, Math.sin].map((wave) =>
      w.reduce((sum, entry, j) => sum + entry * wave(angle * j), 0),
    );
    return Math.hypot(re!, im!);
  });
  const [l1, squares] = [1, 2].map((power) =>
    magnitudes.reduce((sum, magnitude) => sum + magnitude ** power, 0),
  );
  return l1! ** 2 / (w.length * squares!);
}

/** The mean over the seeds. */
function used(result: ExperimentResult, optimizer: string, name: string) {
  const shares = result.runs
    .filter(
      (run) => run.optimizer === optimizer && run.parameterization === name,
    )
    .map((run) => frequencies(run.predictor!));
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

experiment(
  'Convolutional networks',
  sweep({ examples: [12, 48] }, ({ examples }) => ({
    problem: separable({ dimension, train: examples, test: 1000 }),
    parameterizations: {
      'depth 1': linear(),
      'depth 2': convolutional({ depth: 2, scale: 0.01 }),
      'depth 3': convolutional({ depth: 3, scale: 0.1 }),
    },
    optimizers: {
      GF: gradientFlow({ until: 1e6 }),
      NGF: naturalGradientFlow({ until: 10, rtol: 1e-6 }),
    },
    seeds: 5,
    claims: {
      'depth removes frequencies under gradient flow': ({ result }) => {
        const [one, two, three] = names.map((name) =>
          used(result.at({ examples: 12 }), 'GF', name),
        );
        return two! < 0.65 * one! && three! < 0.5 * one!;
      },
      'and some even with n > d': ({ result }) => {
        const [one, two, three] = names.map((name) =>
          used(result.at({ examples: 48 }), 'GF', name),
        );
        return two! < 0.95 * one! && three! < 0.85 * one!;
      },
      'with n > d natural gradient flow uses the same at any depth': ({
        result,
      }) => {
        const [one, ...others] = names.map((name) =>
          used(result.at({ examples: 48 }), 'NGF', name),
        );
        return others.every((other) => Math.abs(other - one!) < 0.01);
      },
      'with n < d it keeps more of them than gradient flow': ({ result }) =>
        ['depth 2', 'depth 3'].every(
          (name) =>
            used(result.at({ examples: 12 }), 'NGF', name) >
            1.1 * used(result.at({ examples: 12 }), 'GF', name),
        ),
    },
  })),
);
