import { sizeOf } from '../../compiler/shape.ts';
import type { NaturalMetric } from '../../optimizers/optimizer.ts';
import type { Model } from '../model.ts';
import type { Space } from './gram.ts';

/** The smallest space in which the system can have full rank. */
export function spaceFor(model: Model, optimizer: NaturalMetric): Space | 'parameters' {
  const n = model.data.train.count;
  if (model.predictor === null) {
    // A network's Fisher information over other inputs than the training inputs is known by its rows alone.
    if (optimizer.fisher === 'population') return 'parameters';
    if (optimizer.solver !== 'auto') return optimizer.solver;
    return model.parameterCount < n ? 'parameters' : 'samples';
  }
  if (optimizer.solver !== 'auto')
    return optimizer.solver === 'samples' && optimizer.fisher === 'population' ? 'predictor' : optimizer.solver;
  const d = sizeOf(model.g.shapeOf(model.predictor));
  const space =
    optimizer.fisher === 'population' || (model.data.train.kind === 'rows' && n > d) ? 'predictor' : 'samples';
  return model.parameterCount < (space === 'samples' ? n : d) ? 'parameters' : space;
}
