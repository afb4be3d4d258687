import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { readTextOnly } from '../../../../extension/lab/compiler/source/functionSource.ts';
import { elementwise, gd, linear, network, regression, separable } from '../../../../extension/lab/index.ts';
import { largestStableRate } from '../../../../extension/lab/inspection/stableRate.ts';
import { buildPredictor } from '../../../../extension/lab/parameterizations/build.ts';
import { initialize } from '../../../../extension/lab/parameterizations/initialization.ts';
import type { Parameterization } from '../../../../extension/lab/parameterizations/parameterization.ts';
import { type AnyProblem, drawProblem } from '../../../../extension/lab/problems/index.ts';
import { gradientSystem } from '../../../../extension/lab/training/flow/gradientSystem.ts';
import { buildModel } from '../../../../extension/lab/training/model.ts';
import { trained } from '../trained.ts';

function modelOf(parameterization: Parameterization, problem: AnyProblem) {
  const program = buildPredictor(parameterization, problem, readTextOnly);
  const theta = initialize(
    program.initialization,
    program.parameters.map(({ shape }) => shape),
    1,
  );
  return { model: () => buildModel(program, drawProblem(problem, 1)), theta };
}

const rateOf = (parameterization: Parameterization, problem: AnyProblem) => {
  const { model, theta } = modelOf(parameterization, problem);
  return largestStableRate(model(), theta);
};

const problem = regression({ dimension: 12, train: 30, test: 0 });

describe('the largest stable rate', () => {
  it('is 2 / λ of the Hessian by finite differences of the gradient', () => {
    const { model, theta } = modelOf(
      elementwise({ u: 0.6, v: 0.4 }, ({ u, v }) => u * u - v * v),
      problem,
    );
    const { field } = gradientSystem(model());
    const p = theta.length;
    const rows = Array.from({ length: p }, (_, k) => {
      const at = (h: number) => {
        const moved = theta.slice();
        moved[k]! += h;
        const into = new Float64Array(p);
        field(moved, into, 0);
        return into;
      };
      const [more, less] = [at(1e-5), at(-1e-5)];
      return Array.from(more, (entry, i) => -(entry - less[i]!) / 2e-5);
    });
    const symmetric = new Matrix(rows).add(new Matrix(rows).transpose()).mul(0.5);
    const largest = Math.max(...new EigenvalueDecomposition(symmetric).realEigenvalues);
    expect(largestStableRate(model(), theta)).toBeCloseTo(2 / largest, 6);
  });

  it('divides convergence from divergence where the loss is quadratic', () => {
    const rate = rateOf(linear(), problem)!;
    const end = (factor: number) =>
      trained({ problem, parameterization: linear(), optimizer: gd({ rate: factor * rate }), steps: 2000 });
    expect(end(0.99).train.loss).toBeLessThan(end(0.01).samples[0]!.train.loss);
    expect(end(1.05).train.loss).toBeGreaterThan(1e6);
  });

  it('takes more parameters than products', () => {
    const wide = network({ widths: [40], activation: 'tanh' });
    expect(rateOf(wide, problem)).toBeGreaterThan(0);
  });

  it('is none where no direction curves upwards', () => {
    // At w = 0 with w = u·v and u = v = 0 the Hessian has eigenvalues of both signs; a constant has none.
    const flat = elementwise({ u: 0 }, ({ u }) => u * u * u);
    expect(rateOf(flat, separable({ dimension: 3, train: 5 }))).toBeNull();
  });
});
