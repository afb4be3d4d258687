import { GraphBuilder } from '../compiler/builder.ts';
import { CompiledModule } from '../compiler/module.ts';
import { sizeOf } from '../compiler/shape.ts';
import type { FunctionReader } from '../compiler/source/functionSource.ts';
import { blame, DefinitionError } from '../errors.ts';
import { inputKindOf, type Problem, predictorShapeOf } from '../problems/problem.ts';
import { initialize } from './initialization.ts';
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
  const program = {
    graph: g.graph,
    parameters: built.parameters.map(({ name, node }) => ({ name, node, shape: g.shapeOf(node) })),
    predictor: built.predictor,
    network: built.network,
    predictorShape,
    initialization: built.initialization,
  };
  if (parameterization.block === 'parameterization') blame(parameterization.origin, () => requireFiniteStart(program));
  return program;
}

/** A program of tensors is evaluated at the start of one seed: what is not finite there is no matter of training. */
function requireFiniteStart(program: PredictorProgram): void {
  const { graph, parameters, predictor, initialization } = program;
  if (predictor === null) return;
  const states = parameters.map(({ node }) => node);
  const module = new CompiledModule(graph, states, [{ name: 'predict', outputs: [predictor] }], 'javascript');
  const shapes = parameters.map(({ shape }) => shape);
  module.memory.set(initialize(initialization, shapes, 1));
  module.entry('predict')(1);
  const at = module.view(predictor).findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  throw new DefinitionError(
    `parameterization: entry ${at} of the predictor is ${module.view(predictor)[at]} at the start`,
    {
      hint: 'Start elsewhere, or keep every operation within its domain.',
    },
  );
}
