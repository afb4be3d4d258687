import { GraphBuilder } from '../compiler/builder.ts';
import type { Shape } from '../compiler/shape.ts';
import type { FunctionReader } from '../compiler/source/functionSource.ts';
import { blame } from '../errors.ts';
import type { Parameterization, PredictorProgram } from './parameterization.ts';

/**
 * Builds a parameterization for a predictor of the given shape: plain data that can go to a worker thread.
 * @throws DefinitionError at the user's expression, or where the parameterization was made
 */
export function buildPredictor(
  parameterization: Parameterization,
  predictorShape: Shape,
  read: FunctionReader,
): PredictorProgram {
  const g = new GraphBuilder();
  const built = blame(parameterization.origin, () => parameterization.build({ g, predictorShape, read }));
  return {
    graph: g.graph,
    parameters: built.parameters.map(({ name, node }) => ({ name, node, shape: g.shapeOf(node) })),
    predictor: built.predictor,
    predictorShape,
    initialization: built.initialization,
  };
}
