import { determinant, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import {
  dataset,
  deepLinear,
  diagonal,
  factorization,
  linear,
  matrixCompletion,
  naturalGradientFlow,
} from '../../../../../extension/lab/index.ts';
import { pathDifference, type Trajectory } from '../../../../../extension/lab/metrics/invariance.ts';
import { required } from '../../../required.ts';
import { classify, gaussianRows, marginsOf, narrow, norm, sparseData, square, trained, wide } from '../../trained.ts';

const tight = { rtol: 1e-10, atol: 1e-13 };

describe('natural gradient flow', () => {
  it.each([
    ['linear', linear()],
    ['u² − v²', square],
    ['deep linear', deepLinear({ depth: 2, width: 40, scale: 0.3 })],
  ])('moves every margin by dm/dt = 1 + e^−m: %s', (_name, parameterization) => {
    const run = trained({
      problem: classify(narrow),
      parameterization,
      optimizer: naturalGradientFlow({ until: 6, ...tight }),
    });
    const before = marginsOf(run.samples[0].outputs ?? new Float64Array(), narrow.labels);
    marginsOf(run.outputs, narrow.labels).forEach((m, i) => {
      const exact = Math.log((1 + Math.exp(before[i])) * Math.exp(6) - 1);
      expect(Math.abs(m - exact)).toBeLessThan(1e-7);
    });
    expect(run).toMatchObject({ time: 6 });
    expect(run.samples).toHaveLength(200);
  });

  it('shrinks the residual of the square loss by e^−t', () => {
    const labels = gaussianRows(5, 1, 20)[0];
    const problem = dataset({ train: { inputs: narrow.inputs, labels }, loss: 'square' });
    const run = trained({
      problem,
      parameterization: linear(),
      optimizer: naturalGradientFlow({ until: 3, ...tight }),
    });
    run.outputs.forEach((f, i) => {
      expect(Math.abs(f - labels[i] * (1 - Math.exp(-3)))).toBeLessThan(1e-9);
    });
  });

  it.each([
    [0, 12.693144],
    [1e-6, 12.425026],
    [1e-4, 10.210079],
    [1e-2, 6.528274],
  ])(
    'turns into gradient descent under damping %d, with the least margin of an independent integration',
    (damping, margin) => {
      const run = trained({
        problem: classify(sparseData(4242, 12, 30)),
        parameterization: linear(),
        optimizer: naturalGradientFlow({ until: 12, damping }),
      });
      expect(Math.abs(required(run.margins?.min) - margin)).toBeLessThan(1e-6);
    },
  );

  it('is Newton flow with more examples than dimensions: ∇L(t) = e^−t ∇L(0), one path for all parameterizations', () => {
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
    const paths = [linear(), square, diagonal({ depth: 3, scale: 0.3 })].map((parameterization): Trajectory => {
      const run = trained({
        problem: classify(wide),
        parameterization,
        optimizer: naturalGradientFlow({ until: 8, ...tight }),
      });
      const end = gradient(run.predictor ?? new Float64Array(20));
      const expected = gradient(new Float64Array(20)).map((g) => g * Math.exp(-8));
      expect(norm(end.map((g, j) => g - expected[j])) / norm(expected)).toBeLessThan(1e-6);
      return {
        times: run.samples.map(({ time }) => time),
        points: run.samples.map(({ predictor }) => predictor ?? new Float64Array()),
      };
    });
    expect(pathDifference(paths[0], paths[1])?.distance).toBeLessThan(1e-6);
    expect(pathDifference(paths[0], paths[2])?.distance).toBeLessThan(1e-6);
  });

  it.each([
    [1, factorization({ depth: 1, scale: 0.3 })],
    [2, factorization({ depth: 2, scale: 0.3 })],
    [3, factorization({ depth: 3, scale: 0.5 })],
  ])(
    'leaves unobserved entries where they were, with the population Fisher at depth %d',
    (_depth, parameterization) => {
      const matrix = gaussianRows(41, 6, 6);
      const observed = Array.from({ length: 22 }, (_, i): [number, number] => [
        Math.floor(((7 * i) % 36) / 6),
        (7 * i) % 6,
      ]);
      const problem = matrixCompletion({ matrix, observed });
      const run = trained({
        problem,
        parameterization,
        optimizer: naturalGradientFlow({ until: 4, fisher: 'population', ...tight }),
      });
      expect(run.singular).toBeUndefined();
      const start = run.samples[0].predictor ?? new Float64Array(36);
      const seen = new Set(observed.map(([row, column]) => row * 6 + column));
      matrix.flat().forEach((target, i) => {
        const exact = seen.has(i) ? target + (start[i] - target) * Math.exp((-4 * 36) / 22) : start[i];
        expect(Math.abs(required(run.predictor?.[i]) - exact)).toBeLessThan(1e-7);
      });
    },
  );

  it('ends where a balanced product loses rank, at the time that its straight line crosses det W = 0', () => {
    const n = 6;
    const matrix = gaussianRows(43, n, n);
    const observed = Array.from({ length: 22 }, (_, i): [number, number] => [
      Math.floor(((7 * i) % 36) / 6),
      (7 * i) % 6,
    ]);
    const scale = Math.sqrt(0.3);
    const run = trained({
      problem: matrixCompletion({ matrix, observed }),
      parameterization: factorization({ depth: 2, init: 'identity', scale }),
      optimizer: naturalGradientFlow({ until: 4, fisher: 'population' }),
    });
    const seen = new Set(observed.map(([row, column]) => row * n + column));
    const det = (time: number) => {
      const s = 1 - Math.exp((-time * n * n) / 22);
      const start = (i: number) => (i % (n + 1) === 0 ? 0.3 : 0);
      const entries = matrix.flat().map((target, i) => (seen.has(i) ? start(i) + s * (target - start(i)) : start(i)));
      return determinant(Matrix.from1DArray(n, n, entries));
    };
    let crossing = 1e-4;
    while (det(crossing) * det(0) > 0) crossing += 1e-4;
    expect(crossing).toBeLessThan(1);
    expect(Math.abs(required(run.singular) - crossing)).toBeLessThan(1e-3);
    expect(run.time).toBe(run.singular);
  });
});
