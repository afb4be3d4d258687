/**
 * Natural gradient descent, θ ← θ − rate · (F + damping I)⁻¹ ∇L, minimum norm where F is singular (Amari 1998; the
 * solution in sample space as in Karakida and Osawa 2020). F is never formed where a smaller matrix will do.
 */
import type { Run } from '../../compiler/cpu/javascript.ts';
import type { NodeId } from '../../compiler/graph.ts';
import type { NaturalGradientDescent } from '../../optimizers/optimizer.ts';
import type { Problem } from '../../problems/problem.ts';
import type { Model } from '../model.ts';
import { areFinite } from '../pace.ts';
import type { Trainer } from '../trainer.ts';
import { CarefulSolver } from './carefulSolver.ts';
import { compileCurvature, type Finish } from './curvature.ts';
import { ParameterSpace } from './parameterSpace.ts';
import { spaceFor } from './space.ts';

export function naturalGradientDescent(
  model: Model,
  optimizer: NaturalGradientDescent,
  problem: Problem,
  seed: number,
): Trainer {
  const space = spaceFor(model, optimizer);
  if (space === 'parameters') return parameterDescent(new ParameterSpace(model, optimizer, problem, seed), optimizer);
  const curvature = compileCurvature(model, optimizer, space, descent(model, optimizer.rate));
  const { module, coefficients } = curvature;
  const solver = new CarefulSolver(model, optimizer, problem, seed, space, curvature);
  const parameters = module.memory.subarray(0, model.parameterCount);
  let rank = coefficients.length;

  const carefully = (times: number) => {
    for (let t = 0; t < times; t++) {
      curvature.evaluate();
      rank = solver.solve();
      curvature.finish();
    }
  };
  /** Whole steps in compiled code; where a matrix on the way has not full rank they end in NaN, and are taken again. */
  const compiled = (times: number, steps: Run) => {
    const before = parameters.slice();
    steps(times);
    if (areFinite(parameters)) {
      rank = coefficients.length;
      return;
    }
    parameters.set(before);
    carefully(times);
  };
  return {
    module,
    step: (times) => (curvature.direct ? compiled(times, curvature.direct) : carefully(times)),
    report: () => ({ solver: space, fisher: optimizer.fisher, rank, size: coefficients.length }),
  };
}

/** θ ← θ − rate · δ. */
function descent({ g, parameters }: Model, rate: number) {
  return (step: readonly NodeId[]): Finish => ({
    outputs: [],
    assignments: parameters.map((state, i) => ({
      state,
      value: g.subtract(state, g.multiply(g.scalar(rate), step[i])),
    })),
  });
}

function parameterDescent(space: ParameterSpace, { rate }: NaturalGradientDescent): Trainer {
  const { memory } = space.module;
  return {
    module: space.module,
    step: (times) => {
      for (let t = 0; t < times; t++) {
        const step = space.solve();
        for (let k = 0; k < step.length; k++) memory[k] -= rate * step[k];
      }
    },
    report: () => space.report(),
  };
}
