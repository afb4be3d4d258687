import { Matrix, pseudoInverse } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { reverse } from '../../../../extension/lab/compiler/autodiff/reverse.ts';
import { readTextOnly } from '../../../../extension/lab/compiler/source/functionSource.ts';
import {
  dataset,
  gd,
  naturalGradientFlow,
  network,
  ngd,
  type Parameterization,
  regression,
} from '../../../../extension/lab/index.ts';
import { type ActivationName, activationNames } from '../../../../extension/lab/network/activations.ts';
import { buildPredictor } from '../../../../extension/lab/parameterizations/build.ts';
import { initialize } from '../../../../extension/lab/parameterizations/initialization.ts';
import type { AnyProblem } from '../../../../extension/lab/problems/index.ts';
import { drawProblem } from '../../../../extension/lab/problems/index.ts';
import { buildModel } from '../../../../extension/lab/training/model.ts';
import { layersJacobian } from '../../../../extension/lab/training/natural/layers.ts';
import { compileModel } from '../../../../extension/lab/training/trainer.ts';
import { required } from '../../required.ts';
import { derivative } from '../compiler/evaluate.ts';
import { gaussianRows, norm, trained } from '../trained.ts';

const inputs = gaussianRows(41, 6, 3);
const labels = gaussianRows(42, 1, 6)[0];
const problem = dataset({ train: { inputs, labels }, loss: 'square' });
const init = [gaussianRows(43, 4, 3), gaussianRows(44, 2, 4), gaussianRows(45, 1, 2)];

const formulas: Record<ActivationName, (x: number) => number> = {
  identity: (x) => x,
  tanh: Math.tanh,
  relu: (x) => Math.max(0, x),
  leakyRelu: (x) => (x > 0 ? x : 0.01 * x),
  elu: (x) => (x > 0 ? x : Math.exp(x) - 1),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  softplus: (x) => Math.log(1 + Math.exp(x)),
  silu: (x) => x / (1 + Math.exp(-x)),
  gelu: (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
  sin: Math.sin,
  square: (x) => x * x,
};

function outputOf(x: number[], weights: number[][][], activation: (x: number) => number): number {
  let a = x;
  weights.forEach((w, l) => {
    const z = w.map((row) => row.reduce((s, value, j) => s + value * a[j], 0));
    a = l < weights.length - 1 ? z.map(activation) : z;
  });
  return a[0];
}

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

describe('a network', () => {
  it.each(activationNames)('computes what a plain loop computes: %s', (activation) => {
    const { outputs } = trained({
      problem,
      parameterization: network({ widths: [4, 2], activation, init }),
      optimizer: gd({ rate: 1 }),
      steps: 0,
    });
    inputs.forEach((x, i) => {
      expect(Math.abs(outputs[i] - outputOf(x, init, formulas[activation]))).toBeLessThan(1e-12);
    });
  });

  it('reads a function of the user’s as activation', () => {
    const run = (activation: 'softplus' | ((x: number) => number)) =>
      trained({
        problem,
        parameterization: network({ widths: [4, 2], activation, init }),
        optimizer: gd({ rate: 0.01 }),
        steps: 20,
      });
    const [own, named] = [run((x) => Math.log1p(Math.exp(x))), run('softplus')];
    expect(norm(own.outputs.map((f, i) => f - named.outputs[i]))).toBeLessThan(1e-12);
    expect(own).toMatchObject({ predictor: null, norms: null });
  });

  it.each([false, true])(
    'has the gradient of differences and, example by example, the same Jacobian; bias %s',
    (bias) => {
      const { model, start } = modelOf(network({ widths: [4, 2], activation: 'silu', bias }));
      const { g, trainOutputs, parameters, layers } = model;
      const seed = g.state('seed', [6]);
      const gradients = reverse(g, [{ node: trainOutputs, derivative: seed }], parameters);
      const jacobian = layersJacobian(g, { outputs: trainOutputs, layers: layers ?? [] }, 'rows');
      const module = compileModel(model, [{ name: 'gradient', outputs: gradients }, jacobian.entry], [seed]);
      module.memory.set(start.map((x, k) => x + (bias ? 0.1 * Math.sin(k) : 0)));
      const at = module.memory.slice(0, start.length);
      const rows = new Float64Array(6 * start.length);
      jacobian.evaluate(module, start.length, rows);
      for (let i = 0; i < 6; i++) {
        module.memory.set(at);
        module.view(seed).fill(0)[i] = 1;
        module.entry('gradient')(1);
        const exact = gradients.flatMap((node) => [...module.view(node)]);
        exact.forEach((slope, k) => {
          expect(Math.abs(rows[i * start.length + k] - slope)).toBeLessThan(1e-14);
          const along = (h: number) => {
            module.memory.set(at);
            module.memory[k] += h;
            module.entry('measure')(1);
            return module.view(trainOutputs)[i];
          };
          if (i < 2) expect(Math.abs(slope - derivative(along))).toBeLessThan(1e-8);
        });
      }
    },
  );

  it('under natural gradient descent follows m(t) = log((1 + e^m₀) eᵗ − 1), with p ≥ n', () => {
    const signs = labels.map(Math.sign);
    const run = trained({
      problem: dataset({ train: { inputs, labels: signs }, loss: 'logistic' }),
      parameterization: network({ widths: [16], activation: 'tanh' }),
      optimizer: ngd({ rate: 0.002 }),
      steps: 1000,
    });
    expect(run.solver).toMatchObject({ solver: 'samples', rank: 6 });
    const before = run.samples[0].outputs ?? new Float64Array(6);
    run.outputs.forEach((f, i) => {
      const exact = Math.log((1 + Math.exp(signs[i] * before[i])) * Math.exp(2) - 1);
      expect(Math.abs((signs[i] * f) / exact - 1)).toBeLessThan(0.01);
    });
  });

  it('whose output starts at 0 takes one path on the training data under natural gradient descent, whatever its kind', () => {
    const run = (parameterization: Parameterization) =>
      trained({ problem, parameterization, optimizer: naturalGradientFlow({ until: 1 }) });
    const wide = run(network({ widths: [16], activation: 'tanh', zeroOutput: true }));
    const deep = run(network({ widths: [12, 10], activation: 'gelu', bias: true, zeroOutput: true }));
    for (const [i, sample] of wide.samples.entries()) {
      const [a, b] = [sample.outputs, deep.samples[i].outputs];
      if (sample.time === 0) expect([...required(a), ...required(b)]).toEqual(new Array(12).fill(0));
      else expect(norm(required(a).map((f, j) => f - required(b?.[j]))) / norm(required(a))).toBeLessThan(1e-6);
    }
    // (f − y) = −y e^−t, at t = 1.
    wide.outputs.forEach((f, i) => {
      expect(Math.abs(f - labels[i] * (1 - Math.exp(-1)))).toBeLessThan(1e-7);
    });
  });

  it('has one natural gradient in the space of the samples and of the parameters', () => {
    const run = (solver: 'samples' | 'parameters', bias: boolean) =>
      trained({
        problem,
        parameterization: network({ widths: [5], bias }),
        optimizer: ngd({ rate: 0.1, solver, damping: 1e-3 }),
        steps: 10,
      }).outputs;
    for (const bias of [false, true]) {
      const [samples, parameters] = [run('samples', bias), run('parameters', bias)];
      expect(norm(samples.map((f, i) => f - parameters[i]))).toBeLessThan(1e-8);
    }
  });

  it('that is linear has the population Fisher of its inputs: one step as the dense formula says', () => {
    const data = {
      train: { inputs, labels },
      test: { inputs: gaussianRows(46, 9, 3), labels: gaussianRows(47, 1, 9)[0] },
    };
    const own = dataset({ ...data, loss: 'square' });
    const w = [0.3, -0.2, 0.5];
    const run = trained({
      problem: own,
      parameterization: network({ widths: [], init: [[w]] }),
      optimizer: ngd({ rate: 1, fisher: 'population' }),
      steps: 1,
    });
    const [x, all] = [new Matrix(inputs), new Matrix([...inputs, ...data.test.inputs])];
    const residual = x.mmul(Matrix.columnVector(w)).sub(Matrix.columnVector(labels));
    const gradient = x.transpose().mmul(residual).div(6);
    const step = pseudoInverse(all.transpose().mmul(all).div(15)).mmul(gradient);
    const outputs = x.mmul(Matrix.columnVector(w).sub(step)).to1DArray();
    outputs.forEach((f, i) => {
      expect(Math.abs(f - run.outputs[i])).toBeLessThan(1e-12);
    });
  });

  it('diverges at a step that it names where too few draws leave directions to the damping alone', () => {
    const run = trained({
      problem,
      parameterization: network({ widths: [16], activation: (x) => (x > 0 ? x : Math.expm1(x)) }),
      optimizer: ngd({ rate: 10, fisher: 'population', damping: 1e-12 }),
      steps: 400,
    });
    expect(run.diverged).toBeGreaterThan(0);
  });

  it('learns by minibatches', () => {
    const run = trained({
      problem: regression({ dimension: 4, train: 64, test: 100 }),
      parameterization: network({ widths: [8], activation: 'tanh' }),
      optimizer: gd({ rate: 0.1, batch: 8 }),
      steps: 2000,
    });
    expect(run.train.error).toBeLessThan(0.1);
    expect(run.test?.error).toBeLessThan(0.3);
  });
});
