/** The rank of the derivative of what a parameterization yields by its parameters. */
import { sizeOf } from '../compiler/shape.ts';
import { CompleteOrthogonal } from '../linearAlgebra/completeOrthogonal.ts';
import type { Model } from '../training/model.ts';
import { jacobianProgram } from '../training/natural/jacobian.ts';
import { compileModel } from '../training/trainer.ts';

/** Multiplications that a decomposition may take: a tenth of a second. */
const MOST_MULTIPLICATIONS = 3e7;

export interface JacobianRank {
  /** ∂w/∂θ of the predictor w; for a network ∂f/∂θ of its outputs f on the training inputs. */
  of: 'predictor' | 'training outputs';
  rows: number;
  /** Rank at θ, decided as in `lstsq`. */
  at(theta: Float64Array): number;
}

/** Null for a Jacobian that is too large to be decomposed. */
export function jacobianRank(model: Model): JacobianRank | null {
  const { parameterCount: p, predictor, trainOutputs, g } = model;
  const of = predictor === null ? 'training outputs' : 'predictor';
  const z = predictor ?? trainOutputs;
  const size = sizeOf(g.shapeOf(z));
  if (size * p * Math.min(size, p) > MOST_MULTIPLICATIONS) return null;
  const rows = jacobianProgram(model, z, 'rows of the derivative');
  const module = compileModel(model, [rows.entry], rows.states);
  return {
    of,
    rows: size,
    at(theta) {
      module.memory.set(theta);
      const jacobian = new Float64Array(size * p);
      rows.evaluate(module, p, jacobian);
      return new CompleteOrthogonal(jacobian, size, p).rank;
    },
  };
}
