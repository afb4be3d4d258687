import { GraphBuilder } from '../compiler/builder.ts';
import { sizeOf } from '../compiler/shape.ts';
import type { FunctionReader } from '../compiler/source/functionSource.ts';
import { blame } from '../errors.ts';
import { inputKindOf, type Problem, predictorShapeOf } from '../problems/problem.ts';
import type { Parameterization, PredictorProgram } from './parameterization.ts';

/**
 * Builds a parameterization for a problem: plain data that can go to a worker thread.
 * @throws DefinitionError at the user's expression, or where the parameterization was made
 */
export function buildPredictor(
  parameterization: Parameterization,
  problem: Problem,
  read: FunctionReader,
): PredictorProgram {
  const g = new GraphBuilder();
  const predictorShape = predictorShapeOf(problem);
  const inputDimension = inputKindOf(problem) === 'rows' ? sizeOf(predictorShape) : null;
  const built = blame(parameterization.origin, () =>
    parameterization.build({ g, predictorShape, inputDimension, read }),
  );
  return {
    graph: g.graph,
    parameters: built.parameters.map(({ name, node }) => ({ name, node, shape: g.shapeOf(node) })),
    predictor: built.predictor,
    network: built.network,
    predictorShape,
    initialization: built.initialization,
  };
}
