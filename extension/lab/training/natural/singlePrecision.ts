/**
 * Natural gradient descent with a completely compiled step, as required by a GPU. Whether float32 is accurate enough is
 * decided by the condition numbers of the systems, measured in float64.
 */

import { reverse } from '../../compiler/autodiff/reverse.ts';
import type { Refusal } from '../../compiler/backend.ts';
import { fullRankCondition } from '../../linearAlgebra/condition.ts';
import type { AnyProblemDescription } from '../../problems/index.ts';
import { exampleCurvature } from '../lossHead.ts';
import { type Model, predictorOf } from '../model.ts';
import { compileModel, STEP, type Trainer } from '../trainer.ts';
import { compiledCoefficients } from './compiledStep.ts';
import { gramOf } from './gram.ts';
import type { NaturalStepSettings } from './settings.ts';
import { spaceFor } from './space.ts';
import { structureOf } from './structure.ts';
import { factoredIn } from './systemCondition.ts';

/** A refusal only because of the size of a linear system. */
export interface TooLarge extends Refusal {
  readonly isTooLarge: true;
}

/** Maximum condition number for solving a system in float32 with the required accuracy. */
export const WELL_CONDITIONED = 1e4;

/** The entry that computes the systems of a step. */
const SYSTEMS = 'systems';

/**
 * @param maxSystem maximum dimension of a linear system in a step
 * @returns the trainer, or the reason why there is no compiled step
 */
export function singlePrecisionNaturalGradient(
  model: Model,
  optimizer: NaturalStepSettings,
  problem: AnyProblemDescription,
  maxSystem: number,
): Trainer | Refusal | TooLarge {
  const { g, parameters } = model;
  const space = spaceFor(model, optimizer);
  if (space === 'parameters') return refuse('solved in the space of the parameters');
  if (space === 'iterative') return refuse('by conjugate gradients');
  if (typeof optimizer.damping !== 'number') return refuse('with a damping schedule');
  const gram = gramOf(model, structureOf(model), space);
  if (gram === null) return refuse('by an explicit Jacobian');
  const compiled = compiledCoefficients({
    model,
    settings: optimizer,
    problem,
    space,
    gram,
    example: exampleCurvature(model, optimizer.fisher),
    damping: g.scalar(optimizer.damping),
    isChecked: false,
  });
  if (compiled === null || compiled.population !== null) {
    return refuse('with this Fisher information and damping');
  }
  const coefficients = compiled.c;

  const z = space === 'samples' ? model.trainOutputs : predictorOf(model);
  const directions = reverse(g, [{ node: z, derivative: coefficients }], parameters);
  const assignments = parameters.map((state, i) => ({
    state,
    value: g.subtract(state, g.multiply(g.scalar(optimizer.rate), directions[i])),
  }));
  const systems = factoredIn(g.graph, coefficients).map(({ matrix }) => matrix);
  const side = Math.max(0, ...systems.map((matrix) => g.shapeOf(matrix)[0]));
  if (side > maxSystem) return { refusal: `a system of ${side} equations is solved by the CPU`, isTooLarge: true };
  const module = compileModel(model, [
    { name: STEP, outputs: [], assignments },
    { name: SYSTEMS, outputs: systems },
  ]);
  const step = module.entry(STEP);
  const size = module.view(z).length;
  let condition = 1;
  const check = () => {
    if (systems.length === 0) return null;
    module.entry(SYSTEMS)(1);
    // If the solution of one system is the right-hand side of another, the condition numbers multiply.
    const now = systems.reduce((product, matrix) => product * fullRankCondition(module.view(matrix)), 1);
    condition = Math.max(condition, now);
    if (now < WELL_CONDITIONED) return null;
    const what = systems.length === 1 ? 'the Gram matrix has' : `the ${systems.length} systems of a step have`;
    return `${what} condition number ${shown(now)}: more than float32 can solve (1e4)`;
  };
  const report = () => ({
    solver: space,
    fisher: optimizer.fisher,
    rank: size,
    size,
    condition: systems.length > 0 ? condition : null,
  });
  const portable = {
    module,
    entry: STEP,
    states: parameters,
    feed: null,
    finish: null,
    finishing: [],
    precision: 'float32',
    check,
  };
  return { module, step, portable, report };
}

function refuse(kind: string): Refusal {
  return { refusal: `natural gradients ${kind} run on the CPU` };
}

/** Formats a condition number: 1.2e4, 3.0e6, ∞. */
export function shown(value: number): string {
  return Number.isFinite(value) ? value.toExponential(1).replace('e+', 'e') : '∞';
}
