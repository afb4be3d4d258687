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
import { DampingClock, saving, spaceDescent } from './descent.ts';
import { IterativeSpace } from './iterative/iterativeSpace.ts';
import { ParameterSpace } from './parameterSpace.ts';
import { spaceFor } from './space.ts';

export function naturalGradientDescent(
  model: Model,
  optimizer: NaturalGradientDescent,
  problem: Problem,
  seed: number,
): Trainer {
  const space = spaceFor(model, optimizer);
  if (space === 'parameters')
    return spaceDescent(new ParameterSpace(model, optimizer, problem, seed), model, optimizer);
  if (space === 'iterative') return spaceDescent(new IterativeSpace(model, optimizer, problem, seed), model, optimizer);
  const curvature = compileCurvature(model, optimizer, space, descent(model, optimizer.rate));
  const { module, coefficients } = curvature;
  const solver = new CarefulSolver(model, optimizer, problem, seed, space, curvature);
  const parameters = module.memory.subarray(0, model.parameterCount);
  let rank = coefficients.length;
  /** Whether the last step was a compiled one. */
  let wasDirect = false;
  const damping = new DampingClock(optimizer);
  const before = new Float64Array(parameters.length);

  const carefully = (times: number) => {
    wasDirect = false;
    for (let t = 0; t < times; t++) {
      curvature.evaluate();
      rank = solver.solve(damping.next());
      curvature.finish();
    }
  };
  /**
   * Whole steps in compiled code; where a matrix on the way has not full rank they end in NaN, and are taken again, one
   * by one: which of them are solved with care must not depend on how many were asked for at once.
   */
  const compiled = (times: number, first: Run, steps: Run) => {
    before.set(parameters);
    const goBack = damping.save();
    if (damping.isConstant) {
      first(1);
      if (times > 1) steps(times - 1);
      damping.skip(times);
    } else {
      for (let t = 0; t < times; t++) {
        curvature.setDamping(damping.next());
        (t === 0 ? first : steps)(1);
      }
    }
    if (areFinite(parameters)) {
      rank = coefficients.length;
      wasDirect = true;
      return;
    }
    parameters.set(before);
    goBack();
    if (times === 1) carefully(1);
    else for (let t = 0; t < times; t++) compiled(1, steps, steps);
  };
  return {
    module,
    step(times, isMeasured) {
      const { direct, directFromMeasured } = curvature;
      if (direct) compiled(times, (isMeasured && directFromMeasured) || direct, direct);
      else carefully(times);
    },
    save: () => saving(parameters, damping),
    report() {
      let condition = wasDirect ? curvature.directCondition() : null;
      if (condition === null && areFinite(parameters)) {
        curvature.evaluate();
        condition = solver.condition(damping.last());
      }
      return { solver: space, fisher: optimizer.fisher, rank, size: coefficients.length, condition };
    },
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
