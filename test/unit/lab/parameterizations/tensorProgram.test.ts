import { describe, expect, it } from 'vitest';
import { readTextOnly } from '../../../../extension/lab/compiler/source/functionSource.ts';
import {
  convolutional,
  convolve,
  dataset,
  deepLinear,
  gd,
  matmul,
  matrix,
  matrixCompletion,
  multiply,
  ngd,
  type Parameterization,
  parameterization,
  reshape,
  separable,
  vector,
} from '../../../../extension/lab/index.ts';
import type { AnyOptimizer } from '../../../../extension/lab/optimizers/index.ts';
import { buildPredictor } from '../../../../extension/lab/parameterizations/build.ts';
import { initialize } from '../../../../extension/lab/parameterizations/initialization.ts';
import type { AnyProblem } from '../../../../extension/lab/problems/index.ts';
import { drawProblem } from '../../../../extension/lab/problems/index.ts';
import { buildModel } from '../../../../extension/lab/training/model.ts';
import { gaussianRows, norm, trained } from '../trained.ts';

const inputs = gaussianRows(41, 6, 3);
const labels = gaussianRows(42, 1, 6)[0];
const problem = dataset({ train: { inputs, labels }, loss: 'square' });

function modelOf(p: Parameterization, of: AnyProblem = problem) {
  const program = buildPredictor(p, of, readTextOnly);
  const model = buildModel(program, drawProblem(of, 1));
  const start = initialize(
    program.initialization,
    program.parameters.map(({ shape }) => shape),
    1,
  );
  return { model, start };
}

describe('parameterizations by tensor operations', () => {
  const classify = separable({ dimension: 12, train: 8, test: 50 });

  it('of a convolution are the convolutional network', () => {
    const run = (p: Parameterization) =>
      trained({ problem: classify, parameterization: p, optimizer: gd({ rate: 0.1 }), steps: 50 }).predictor ?? [];
    const own = parameterization({ a: vector(12), b: vector(12) }, ({ a, b }) => convolve(a, b), { scale: 0.2 });
    expect(run(own)).toEqual(run(convolutional({ depth: 2, scale: 0.2 })));
  });

  it('of a product of matrices are the deep linear network', () => {
    const [w1, w2] = [gaussianRows(51, 3, 12), gaussianRows(52, 1, 3)];
    const run = (p: Parameterization, optimizer: AnyOptimizer) =>
      trained({ problem: classify, parameterization: p, optimizer, steps: 40 }).predictor ?? new Float64Array();
    const own = parameterization({ A: matrix(3, 12), B: matrix(1, 3) }, ({ A, B }) => matmul(B, A), {
      init: { A: w1, B: w2 },
    });
    const named = deepLinear({ depth: 2, width: 3, init: [w1, w2] });
    for (const optimizer of [
      gd({ rate: 0.05 }),
      ngd({ rate: 0.05 }),
      ngd({ rate: 0.05, fisher: 'population', damping: 0.1 }),
    ]) {
      const [a, b] = [run(own, optimizer), run(named, optimizer)];
      expect(norm(a.map((x, i) => x - b[i]))).toBeLessThan(1e-10 * norm(b));
    }
  });

  it('follow the laws of natural gradient descent without any structure', () => {
    const own = parameterization({ a: vector(12), b: vector(12) }, ({ a, b }) => convolve(a, multiply(b, b)), {
      scale: 0.4,
    });
    const run = trained({ problem: classify, parameterization: own, optimizer: ngd({ rate: 0.001 }), steps: 1000 });
    const { trainTargets } = drawProblem(classify, 1);
    run.outputs.forEach((f, i) => {
      const before = trainTargets[i] * (run.samples[0].outputs?.[i] ?? 0);
      const exact = Math.log((1 + Math.exp(before)) * Math.exp(1) - 1);
      expect(Math.abs(trainTargets[i] * f - exact)).toBeLessThan(0.02 * Math.max(1, exact));
    });
  });

  it('start where they are told, each in its own way', () => {
    const { start } = modelOf(
      parameterization({ a: vector(12), b: vector(12) }, ({ a, b }) => multiply(a, b), {
        scale: { a: 1e-3 },
        init: { b: 2 },
      }),
      classify,
    );
    expect(norm(start.subarray(0, 12)) / Math.sqrt(12)).toBeLessThan(3e-3);
    expect([...start.subarray(12)]).toEqual(new Array(12).fill(2));
  });

  it('must have the predictor’s shape, up to axes of length 1', () => {
    const completion = matrixCompletion({ rows: 4, columns: 3, rank: 1, observed: 6 });
    const built = (f: (p: { a: ReturnType<typeof reshape> }) => ReturnType<typeof reshape>, of: AnyProblem) =>
      buildPredictor(parameterization({ a: vector(12) }, f), of, readTextOnly);
    expect(() => built(({ a }) => a, completion)).toThrow("result has shape [12]; the problem's predictor has [4, 3]");
    expect(built(({ a }) => reshape(a, [4, 3]), completion).predictorShape).toEqual([4, 3]);
    expect(built(({ a }) => reshape(a, [1, 12]), classify).predictorShape).toEqual([12]);
    expect(() => built((p) => (p as unknown as { w: typeof p.a }).w, classify)).toThrow("there is no 'w' here");
  });
});
