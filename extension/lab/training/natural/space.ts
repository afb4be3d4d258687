import { sizeOf } from '../../compiler/shape.ts';
import type { Model } from '../model.ts';
import type { Space } from './gram.ts';
import type { FisherSettings } from './settings.ts';
import { structureOf } from './structure.ts';

/**
 * Maximum dimension of dense systems. A factorization takes dimension³ / 3 multiplications, some seconds at this
 * dimension, and a few such matrices fit in memory (70 MB each).
 */
export const LARGEST_DENSE = 3000;

/** Maximum number of entries of an explicit Jacobian: 800 MB. */
const LARGEST_JACOBIAN = 1e8;

/**
 * How the system is solved. `solver: 'auto'` takes the smallest space in which it can have full rank:
 *
 * - a predictor: its own space, d × d, for the population Fisher (two factors of a large matrix are solved without a
 *   matrix of that size: `twoFactorSpace.ts`) and for more examples than dimensions; else that of
 *   the samples, n × n; that of the parameters, p × p, where they are fewer still;
 * - a network: the samples, or the parameters where they are fewer or the Fisher is the population's;
 *
 * and conjugate gradients on products with F instead where that space has more than {@link LARGEST_DENSE} dimensions,
 * or where a Jacobian that must be formed has more than {@link LARGEST_JACOBIAN} entries.
 */
export function spaceFor(model: Model, optimizer: FisherSettings): Space | 'parameters' | 'iterative' {
  const { solver } = optimizer;
  if (solver === 'iterative') return solver;
  const n = model.data.train.count;
  if (model.predictor === null) {
    // For other inputs than the training inputs, a network's Fisher information is only available by its rows.
    const isSpread = optimizer.fisher === 'population';
    if (solver !== 'auto') return isSpread ? 'parameters' : solver;
    return feasible(model, optimizer, isSpread || model.parameterCount < n ? 'parameters' : 'samples');
  }
  if (solver !== 'auto') return solver === 'samples' && optimizer.fisher === 'population' ? 'predictor' : solver;
  const d = sizeOf(model.g.shapeOf(model.predictor));
  const space =
    optimizer.fisher === 'population' || (model.data.train.kind === 'rows' && n > d) ? 'predictor' : 'samples';
  return feasible(model, optimizer, model.parameterCount < (space === 'samples' ? n : d) ? 'parameters' : space);
}

/** The given space, or `iterative` if its matrices would be too large. */
function feasible(
  model: Model,
  { fisher, fisherSamples }: FisherSettings,
  space: Space | 'parameters',
): Space | 'parameters' | 'iterative' {
  const { predictor, parameterCount: p, g } = model;
  const n = model.data.train.count;
  const d = predictor === null ? 0 : sizeOf(g.shapeOf(predictor));
  const side = space === 'parameters' ? p : space === 'samples' ? n : d;
  // The rows of J, which are needed in parameter space, and otherwise if the Gram matrix has no structure.
  let rows = 0;
  if (space === 'parameters') rows = fisher === 'population' && predictor === null ? n + fisherSamples : Math.max(n, d);
  else if (structureOf(model).kind === 'general') rows = side;
  return side > LARGEST_DENSE || rows * p > LARGEST_JACOBIAN ? 'iterative' : space;
}
