/** The outputs of a program on the training inputs, and their Jacobian, at any parameters. */
import { sizeOf } from '../compiler/shape.ts';
import type { PredictorProgram } from '../parameterizations/parameterization.ts';
import type { ProblemData } from '../problems/problem.ts';
import { buildModel } from '../training/model.ts';
import { jacobianProgram } from '../training/natural/jacobian.ts';
import { compileModel, MEASURE } from '../training/trainer.ts';

export interface OutputsAt {
  /** f at parameters θ, [n]. */
  outputs(theta: Float64Array): Float64Array;
  /** ∂f/∂θ at parameters θ, row-major [n, p]. */
  jacobian(theta: Float64Array): Float64Array;
}

export function outputsAt(program: PredictorProgram, data: ProblemData): OutputsAt {
  const model = buildModel(program, { ...data, test: null, testTargets: null });
  const rows = jacobianProgram(model, model.trainOutputs, 'rows of the jacobian');
  const module = compileModel(model, [rows.entry], rows.states);
  const { parameterCount: p } = model;
  return {
    outputs(theta) {
      module.memory.set(theta);
      module.entry(MEASURE)(1);
      return module.view(model.trainOutputs).slice();
    },
    jacobian(theta) {
      module.memory.set(theta);
      const entries = new Float64Array(rows.size * p);
      rows.evaluate(module, p, entries);
      return entries;
    },
  };
}

/** Number of all parameters p. */
export function parameterCount({ parameters }: PredictorProgram): number {
  return parameters.reduce((total, { shape }) => total + sizeOf(shape), 0);
}
