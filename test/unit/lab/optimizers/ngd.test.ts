import { Matrix, pseudoInverse } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { dataset, deepLinear, diagonal, elementwise, linear, ngd } from '../../../../extension/lab/index.ts';
import { required } from '../../required.ts';
import {
  angle,
  classify,
  gaussianRows,
  marginsOf,
  narrow,
  norm,
  sparseData,
  square,
  trained,
  wide,
} from '../trained.ts';

describe('natural gradient descent, train Fisher, fewer examples than dimensions', () => {
  it('moves every margin of a linear model by rate · (1 + e^−m) in one step', () => {
    const start = gaussianRows(3, 1, 40)[0];
    const run = (steps: number) =>
      trained({
        problem: classify(narrow),
        parameterization: linear({ init: start }),
        optimizer: ngd({ rate: 0.3 }),
        steps,
      });
    const before = marginsOf(run(0).outputs, narrow.labels);
    const after = marginsOf(run(1).outputs, narrow.labels);
    const moves = before.map((m) => 0.3 * (1 + Math.exp(-m)));
    // One margin starts at −9 and moves by thousands: rounding is relative to the largest move.
    const scale = Math.max(...moves);
    after.forEach((m, i) => {
      expect(Math.abs(m - (before[i] + moves[i])) / scale).toBeLessThan(1e-13);
    });
  });

  it.each([
    ['linear', linear()],
    ['u² − v²', square],
    ['deep linear', deepLinear({ depth: 2, width: 40, scale: 0.3 })],
  ])('follows m(t) = log((1 + e^m₀) eᵗ − 1) to 1 % at rate 0.01: %s', (_name, parameterization) => {
    const run = trained({ problem: classify(narrow), parameterization, optimizer: ngd({ rate: 0.01 }), steps: 600 });
    const before = marginsOf(run.samples[0].outputs ?? new Float64Array(), narrow.labels);
    // A deep start that is no small one takes larger steps in function space at first.
    const tolerance = _name === 'deep linear' ? 0.02 : 0.01;
    marginsOf(run.outputs, narrow.labels).forEach((m, i) => {
      const exact = Math.log((1 + Math.exp(before[i])) * Math.exp(6) - 1);
      expect(Math.abs(m / exact - 1)).toBeLessThan(tolerance);
    });
  });

  it('keeps the linear model parallel to X⁺y, with all margins equal', () => {
    const run = trained({
      problem: classify(narrow),
      parameterization: linear(),
      optimizer: ngd({ rate: 0.05 }),
      steps: 200,
    });
    const target = pseudoInverse(new Matrix(narrow.inputs)).mmul(Matrix.columnVector(narrow.labels)).to1DArray();
    expect(angle(required(run.predictor), target)).toBeLessThan(1e-8);
    expect(required(run.margins?.max) - required(run.margins?.min)).toBeLessThan(1e-9);
  });

  it('shrinks the residual of the square loss by 1 − rate a step', () => {
    const labels = gaussianRows(5, 1, 20)[0];
    const problem = dataset({ train: { inputs: narrow.inputs, labels }, loss: 'square' });
    const run = trained({ problem, parameterization: linear(), optimizer: ngd({ rate: 0.1 }), steps: 50 });
    run.outputs.forEach((f, i) => {
      expect(Math.abs(f - labels[i] * (1 - 0.9 ** 50))).toBeLessThan(1e-12);
    });
  });

  it.each([
    [0, 12.693144],
    [1e-6, 12.425026],
    [1e-4, 10.210079],
    [1e-2, 6.528274],
  ])('turns into gradient descent under damping %d', (damping, flow) => {
    const data = sparseData(4242, 12, 30);
    const run = trained({
      problem: classify(data),
      parameterization: linear(),
      optimizer: ngd({ rate: 0.002, damping }),
      steps: 6000,
    });
    // The flow's least margin at t = 12, from an independent integration; steps of 0.002 stay within 0.1 % of it.
    expect(Math.abs(required(run.margins?.min) / flow - 1)).toBeLessThan(1e-3);
  });
});

describe('natural gradient descent, train Fisher, more examples than dimensions', () => {
  const start = gaussianRows(9, 1, 20)[0].map((x) => 0.2 * x);

  it('is Newton flow: ∇L(t) = e^−t ∇L(0)', () => {
    const gradient = (w: Float64Array) => {
      const g = new Float64Array(20);
      wide.inputs.forEach((x, i) => {
        const m = wide.labels[i] * x.reduce((sum, value, j) => sum + value * w[j], 0);
        x.forEach((value, j) => {
          g[j] -= (wide.labels[i] * value) / (1 + Math.exp(m)) / wide.inputs.length;
        });
      });
      return g;
    };
    const run = trained({
      problem: classify(wide),
      parameterization: linear({ init: start }),
      optimizer: ngd({ rate: 0.001 }),
      steps: 3000,
    });
    const [first, last] = [gradient(Float64Array.from(start)), gradient(run.predictor ?? new Float64Array(20))];
    const expected = first.map((g) => g * Math.exp(-3));
    expect(norm(last.map((g, j) => g - expected[j])) / norm(expected)).toBeLessThan(5e-3);
  });

  it('takes one path for every parameterization whose predictor can move in all directions', () => {
    const w0 = new Array(20).fill(0);
    const [a, b, c] = [linear({ init: w0 }), square, diagonal({ depth: 3, scale: 0.4 })].map(
      (parameterization) =>
        trained({ problem: classify(wide), parameterization, optimizer: ngd({ rate: 0.005 }), steps: 600 }).predictor ??
        [],
    );
    expect(norm(Array.from(a, (x, i) => x - b[i])) / norm(a)).toBeLessThan(0.02);
    expect(norm(Array.from(a, (x, i) => x - c[i])) / norm(a)).toBeLessThan(0.02);
  });
});

describe('the spaces in which natural gradients are solved', () => {
  it.each(['train', 'empirical', 'population'] as const)(
    'agree with the space of the parameters: Fisher %s',
    (fisher) => {
      for (const damping of [1e-3, 0.1]) {
        const run = (solver: 'auto' | 'parameters') =>
          trained({
            problem: classify(wide),
            parameterization: elementwise({ u: 0.3, v: 0.2 }, ({ u, v }) => u * u * u - v),
            optimizer: ngd({ rate: 0.05, fisher, damping, solver }),
            steps: 20,
          }).predictor ?? new Float64Array();
        const [chosen, direct] = [run('auto'), run('parameters')];
        expect(norm(chosen.map((x, i) => x - direct[i])) / norm(direct)).toBeLessThan(1e-8);
      }
    },
  );

  it('agree where the Fisher information is singular: the minimum-norm solution', () => {
    const run = (solver: 'auto' | 'parameters' | 'samples') =>
      trained({ problem: classify(wide), parameterization: square, optimizer: ngd({ rate: 0.05, solver }), steps: 5 });
    const [predictor, parameters, samples] = [run('auto'), run('parameters'), run('samples')];
    expect(predictor.solver).toMatchObject({ solver: 'predictor', rank: 20 });
    expect(parameters.solver).toMatchObject({ solver: 'parameters', rank: 20, size: 40 });
    expect(samples.solver).toMatchObject({ solver: 'samples', rank: 20, size: 80 });
    for (const other of [parameters, samples]) {
      const apart = norm(Array.from(predictor.predictor ?? [], (x, i) => x - (other.predictor?.[i] ?? Number.NaN)));
      expect(apart / norm(required(predictor.predictor))).toBeLessThan(1e-7);
    }
  });
});
