/** What the gallery does not use: each optimizer, problem, start and kind of function at least once. */
import {
  adam,
  convolve,
  dataset,
  deepLinear,
  elementwise,
  experiment,
  factorization,
  gather,
  gd,
  gradientFlow,
  kfac,
  linear,
  map,
  matmul,
  matrix,
  matrixCompletion,
  matrixSensing,
  maximum,
  momentum,
  multiply,
  naturalGradientFlow,
  network,
  ngd,
  parameterization,
  reshape,
  scalar,
  separable,
  signDescent,
  subtract,
  sum,
  teacher,
  transpose,
  vector,
} from 'depth-lab';

const even = [0, 2, 4, 1, 3];

experiment('First-order', {
  problem: separable({ dimension: 5, train: 12, test: 7, noise: 0.2, margin: 0.3, seed: 7 }),
  parameterizations: {
    linear: linear({ init: 0.1 }),
    deep: deepLinear({ depth: 3, width: 4, scale: 0.6 }),
    'a ∗ b': parameterization({ a: vector(5), b: vector(5) }, ({ a, b }) => convolve(a, b), { scale: 0.5 }),
    tensors: parameterization(
      { A: matrix(5, 3), s: scalar(), v: vector(5) },
      ({ A, s, v }) => {
        const square = matmul(A, transpose(A));
        const diagonal = gather(reshape(square, [25]), [0, 6, 12, 18, 24]);
        return subtract(
          multiply(s, maximum(diagonal, gather(v, even))),
          map((x: number) => Math.abs(x) ** 1.5 + Math.round(x), v),
        );
      },
      { scale: 0.7, init: { s: 1.5 } },
    ),
    branches: elementwise({ u: 0.3, 'v!': [0.2, -0.4, 0.5, 0.1, -0.3] }, ({ u, 'v!': v }) => {
      let total = 0;
      for (let k = 1; k <= 3; k++) total += Math.sin(k * u) / k;
      return v > 0 ? total * Math.exp(v) : Math.min(u, v) + Math.log1p(v * v) - Math.hypot(u, v) ** 3;
    }),
    relu: network({ widths: [6, 4], activation: 'relu', bias: true }),
    orthogonal: network({ widths: [4], activation: 'softplus', init: 'orthogonal' }),
  },
  optimizers: {
    SGD: gd({ rate: 0.1, batch: 5 }),
    normalized: gd({ rate: 0.05, normalized: true, batch: 4 }),
    momentum: momentum({ rate: 0.05 }),
    Adam: adam({ rate: 0.01 }),
    sign: signDescent({ rate: 0.004 }),
    population: ngd({ rate: 0.05, fisher: 'population', fisherSamples: 50, damping: 1e-3 }),
    empirical: ngd({ rate: 0.01, fisher: 'empirical', damping: { start: 0.1, end: 0.01, steps: 20 } }),
    GF: gradientFlow({ until: 0.5, rtol: 1e-7 }),
  },
  steps: 30,
  seeds: [3],
});

const [count, dimension] = [14, 3];
const inputs = Array.from({ length: count }, (_, i) =>
  Array.from({ length: dimension }, (_, j) => Math.sin(1 + 3 * i + 7 * j)),
);
const labels = inputs.map((x, i) => (x[0]! + 0.5 * Math.cos(i) > 0 ? 1 : -1));

experiment('Layers', {
  problem: dataset({
    train: { inputs: inputs.slice(0, 10), labels: labels.slice(0, 10) },
    test: { inputs: inputs.slice(10), labels: labels.slice(10) },
    loss: 'logistic',
  }),
  parameterizations: {
    linear: linear(),
    deep: deepLinear({ depth: 2, init: 'balanced', scale: 0.8 }),
    network: network({ widths: [3], activation: (x) => x / (1 + x * x), bias: true }),
    elu: network({ widths: [4], activation: 'elu', scale: 0.9 }),
  },
  optimizers: {
    'K-FAC': kfac({ rate: 0.1, damping: 1e-2 }),
    NGF: naturalGradientFlow({ until: 0.5, fisher: 'population', damping: 0.1 }),
    GF: gradientFlow({ until: 3 }),
  },
  steps: 40,
});

experiment('Matrices', {
  problem: matrixSensing({ rows: 3, columns: 4, rank: 1, train: 9, test: 5, noise: 0.1 }),
  parameterizations: {
    orthogonal: factorization({ depth: 2, rank: 3, init: 'orthogonal', scale: 0.5 }),
    'rows and columns': parameterization(
      { a: matrix(3, 1), b: matrix(1, 4), c: vector(4) },
      ({ a, b, c }) => multiply(matmul(a, b), sum(multiply(c, c))),
      { scale: { a: 0.4, b: 0.6 } },
    ),
  },
  optimizers: {
    GD: gd({ rate: 0.02 }),
    NGD: ngd({ rate: 0.1, fisher: 'population', solver: 'iterative' }),
    NGF: naturalGradientFlow({ until: 0.3, damping: { start: 1, end: 0.1, time: 0.2 } }),
  },
  steps: 50,
});

experiment('Entries', {
  problem: matrixCompletion({
    matrix: [
      [1, 2, Number.NaN],
      [0.5, 1, 3],
      [2, 4, 12],
    ],
    observed: 6,
    seed: 2,
  }),
  parameterizations: {
    balanced: factorization({ depth: 2, init: 'balanced', scale: 0.5 }),
    pointwise: elementwise({ u: 0.5, v: 0.4 }, ({ u, v }) => u * v),
  },
  optimizers: {
    SGD: gd({ rate: 0.05, batch: 2 }),
    Diverges: gd({ rate: 5 }),
    NGD: ngd({ rate: 0.1, damping: 1e-4 }),
    GF: gradientFlow({ until: 200 }),
  },
  steps: 60,
});

experiment('Teacher', {
  problem: teacher({ dimension: 3, train: 15, test: 20, widths: [4], activation: 'gelu', loss: 'logistic', noise: 0.1 }),
  parameterizations: {
    linear: linear(),
    network: network({ widths: [3], activation: 'silu', zeroOutput: true }),
  },
  optimizers: {
    mixed: ngd({ rate: 0.05, fisher: 'population', fisherSamples: 40, damping: 1e-3 }),
    NGF: naturalGradientFlow({ until: 1, fisher: 'train', damping: 1e-3 }),
  },
  steps: 20,
  seeds: 2,
});
