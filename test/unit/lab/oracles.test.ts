import { EigenvalueDecomposition, Matrix, pseudoInverse } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import {
  dataset,
  deepLinear,
  diagonal,
  elementwise,
  factorization,
  gd,
  linear,
  matrixCompletion,
  ngd,
  separable,
} from '../../../extension/lab/index.ts';
import type { AnyOptimizer } from '../../../extension/lab/optimizers/index.ts';
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
} from './training.ts';

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
    expect(angle(run.predictor ?? [], target)).toBeLessThan(1e-8);
    expect((run.margins?.max ?? 0) - (run.margins?.min ?? 1)).toBeLessThan(1e-9);
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
    expect(Math.abs((run.margins?.min ?? 0) / flow - 1)).toBeLessThan(1e-3);
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
      expect(apart / norm(predictor.predictor ?? [])).toBeLessThan(1e-7);
    }
  });
});

describe('gradient descent', () => {
  it('on linear regression is the closed form in the eigenvectors of XᵀX/n', () => {
    const inputs = gaussianRows(21, 15, 8);
    const labels = gaussianRows(22, 1, 15)[0];
    const problem = dataset({ train: { inputs, labels }, loss: 'square' });
    const run = trained({ problem, parameterization: linear(), optimizer: gd({ rate: 0.1 }), steps: 137 });
    const x = new Matrix(inputs);
    const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(x.transpose().mmul(x).div(15));
    const projected = eigenvectorMatrix.transpose().mmul(x.transpose()).mmul(Matrix.columnVector(labels)).div(15);
    const modes = realEigenvalues.map((value, k) => ((1 - (1 - 0.1 * value) ** 137) / value) * projected.get(k, 0));
    const exact = eigenvectorMatrix.mmul(Matrix.columnVector(modes)).to1DArray();
    run.predictor?.forEach((w, i) => {
      expect(Math.abs(w - exact[i])).toBeLessThan(1e-12);
    });
  });

  it('on a separable problem does what a plain loop does', () => {
    const w = new Float64Array(40);
    for (let step = 0; step < 300; step++) {
      const gradient = new Float64Array(40);
      narrow.inputs.forEach((x, i) => {
        const m = narrow.labels[i] * x.reduce((sum, value, j) => sum + value * w[j], 0);
        x.forEach((value, j) => {
          gradient[j] -= (narrow.labels[i] * value) / (1 + Math.exp(m)) / 20;
        });
      });
      gradient.forEach((g, j) => {
        w[j] -= 0.2 * g;
      });
    }
    const run = trained({
      problem: classify(narrow),
      parameterization: linear(),
      optimizer: gd({ rate: 0.2 }),
      steps: 300,
    });
    run.predictor?.forEach((value, j) => {
      expect(Math.abs(value - w[j])).toBeLessThan(1e-12);
    });
  });

  it('normalized takes steps of −rate · ∇L / L, no longer than 0.1 · max(1, ‖θ‖), far beyond the range of the loss', () => {
    const run = trained({
      problem: classify(narrow),
      parameterization: linear(),
      optimizer: gd({ rate: 2, normalized: true }),
      steps: 1500,
    });
    const lengths = run.samples.slice(1).map((sample, i) => {
      const before = run.samples[i].predictor ?? new Float64Array(40);
      const taken = norm(Array.from(sample.predictor ?? [], (x, j) => x - before[j]));
      return { allowed: (sample.step - run.samples[i].step) * 0.1 * Math.max(1, norm(sample.predictor ?? [])), taken };
    });
    for (const { allowed, taken } of lengths) expect(taken).toBeLessThan(allowed * (1 + 1e-9));
    expect(run.margins?.min).toBeGreaterThan(800); // e^−800 is no float64
    expect(run.diverged).toBeUndefined();
  });

  it('grows each mode of a balanced two-layer product by da/dt = 2a(s − a) / mn', () => {
    const diagonalMatrix = (values: number[]) => values.map((value, i) => values.map((_, j) => (i === j ? value : 0)));
    const targets = [2, 1, 0.5];
    const observed = targets.flatMap((_, i) => targets.map((__, j): [number, number] => [i, j]));
    const problem = matrixCompletion({ matrix: diagonalMatrix(targets), observed });
    const factor = diagonalMatrix([0.1, 0.1, 0.1]);
    const parameterization = factorization({ depth: 2, init: [factor, factor] });
    const run = trained({ problem, parameterization, optimizer: gd({ rate: 0.01 }), steps: 1500 });
    targets.forEach((s, i) => {
      const growth = Math.exp((2 * s * 15) / 9);
      const exact = (s * growth) / (growth - 1 + s / 0.01);
      expect(Math.abs((run.predictor?.[i * 3 + i] ?? 0) / exact - 1)).toBeLessThan(0.01);
    });
    expect(run.test).toBeNull();
  });

  it('says at which step it diverged', () => {
    const run = trained({
      problem: matrixCompletion({ rows: 6, columns: 6, rank: 1, observed: 20 }),
      parameterization: factorization({ depth: 3, scale: 1 }),
      optimizer: gd({ rate: 50 }),
      steps: 1000,
    });
    expect(run.diverged).toBeGreaterThan(0);
    expect(run.diverged).toBeLessThan(1000);
    expect(run.steps).toBe(run.diverged);
  });
});

describe('completion with the population Fisher', () => {
  it('moves unobserved entries less and less as the rate goes to 0, from a Gaussian start', () => {
    const problem = matrixCompletion({ rows: 6, columns: 6, rank: 1, observed: 0.6, seed: 3 });
    const moved = (rate: number) => {
      const run = trained({
        problem,
        parameterization: factorization({ depth: 2, scale: 0.3 }),
        optimizer: ngd({ rate, fisher: 'population' }),
        steps: Math.round(4 / rate),
      });
      const start = run.samples[0].predictor ?? new Float64Array(36);
      const end = run.predictor ?? new Float64Array(36);
      const seen = new Set<number>();
      const other = trained({ problem, parameterization: linear(), optimizer: gd({ rate: 0.1 }), steps: 1 });
      other.predictor?.forEach((value, i) => {
        if (value !== 0) seen.add(i);
      });
      expect(seen.size).toBe(22);
      const hidden = Array.from(end, (value, i) => (seen.has(i) ? 0 : value - start[i]));
      return norm(hidden) / Math.sqrt(36 - 22);
    };
    const [coarse, fine, finest] = [moved(0.02), moved(0.005), moved(0.00125)];
    expect(fine).toBeLessThan(0.5 * coarse);
    expect(finest).toBeLessThan(0.5 * fine);
    expect(finest).toBeLessThan(5e-3);
  });

  it('of depth 1 never moves them, and shrinks the residual by 1 − rate · mn / |Ω| a step', () => {
    const matrix = gaussianRows(31, 4, 5);
    const observed: [number, number][] = [
      [0, 0],
      [1, 2],
      [3, 4],
      [2, 1],
      [0, 3],
    ];
    const problem = matrixCompletion({ matrix, observed });
    const run = trained({
      problem,
      parameterization: linear({ init: 0.3 }),
      optimizer: ngd({ rate: 0.05, fisher: 'population' }),
      steps: 30,
    });
    const factor = (1 - (0.05 * 20) / 5) ** 30;
    matrix.flat().forEach((target, i) => {
      const isSeen = observed.some(([row, column]) => row * 5 + column === i);
      const exact = isSeen ? target + (0.3 - target) * factor : 0.3;
      expect(Math.abs((run.predictor?.[i] ?? 0) - exact)).toBeLessThan(1e-13);
    });
  });
});

describe('a problem with a sparse truth', () => {
  it('rewards u² − v² under gradient descent and not under natural gradient descent', () => {
    const problem = separable({ dimension: 60, train: 40, test: 2000, sparsity: 3 });
    const error = (parameterization: ReturnType<typeof linear>, optimizer: AnyOptimizer) =>
      trained({ problem, parameterization, optimizer, steps: 1000 }).test?.error ?? Number.NaN;
    const small = elementwise({ u: 0.05, v: 0.05 }, ({ u, v }) => u * u - v * v);
    expect(error(small, gd({ rate: 0.2 }))).toBeLessThan(0.7 * error(linear(), gd({ rate: 0.2 })));
    expect(error(small, ngd({ rate: 0.01 }))).toBeGreaterThan(0.25);
  });
});
