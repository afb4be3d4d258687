import { javascript } from '../compiler/backends.ts';
import { GraphBuilder } from '../compiler/builder.ts';
import type { NodeId } from '../compiler/graph.ts';
import { CompiledModule } from '../compiler/module.ts';
import { sizeOf } from '../compiler/shape.ts';
import type { FunctionReader } from '../compiler/source/functionSource.ts';
import { DefinitionError, withOrigin } from '../errors.ts';
import { type AnyProblemDescription, inputKindOf, predictorShapeOf } from '../problems/index.ts';
import { derivativeError, nodeWithoutDerivative, type TensorProgram } from './finiteStart.ts';
import { initialize } from './initialization.ts';
import type { Parameterization, PredictorProgram, Written } from './parameterization.ts';

/**
 * Builds a parameterization for a problem as plain data for worker threads.
 * @throws DefinitionError at the user's expression, or at the creation of the parameterization
 */
export function buildPredictor(
  parameterization: Parameterization,
  problem: AnyProblemDescription,
  read: FunctionReader,
): PredictorProgram {
  const g = new GraphBuilder();
  const predictorShape = predictorShapeOf(problem);
  const inputDimension = inputKindOf(problem) === 'rows' ? sizeOf(predictorShape) : null;
  const built = withOrigin(parameterization.origin, () =>
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
  if (parameterization.block !== 'parameterization') return program;
  const values = withOrigin(parameterization.origin, () => requireFiniteStart(program));
  const culprit = values && nodeWithoutDerivative(tensorProgramOf(program, values));
  if (!culprit) return program;
  // Trace again, to record the source location of each node.
  const written = new Map<NodeId, Written>();
  const note = (node: NodeId, at: Written) => {
    if (!written.has(node)) written.set(node, at);
  };
  parameterization.build({ g: new GraphBuilder(), predictorShape, inputDimension, read, note });
  const at = (culprit.node !== null && written.get(culprit.node)) || parameterization.origin;
  throw derivativeError('stack' in at ? { origin: at } : { place: at });
}

function tensorProgramOf({ graph, parameters, predictor }: PredictorProgram, values: Float64Array): TensorProgram {
  let at = 0;
  const parts = parameters.map(({ shape }) => values.subarray(at, (at += sizeOf(shape))));
  return { graph, output: predictor as NodeId, parameters: parameters.map(({ node }) => node), values: parts };
}

/**
 * Evaluates a tensor program at the initialization of one seed, to report non-finite values before training.
 * @returns the initial parameters
 */
function requireFiniteStart(program: PredictorProgram): Float64Array | null {
  const { graph, parameters, predictor, initialization } = program;
  if (predictor === null) return null;
  const states = parameters.map(({ node }) => node);
  const module = new CompiledModule(graph, states, [{ name: 'predict', outputs: [predictor] }], [javascript]);
  const shapes = parameters.map(({ shape }) => shape);
  const values = initialize(initialization, shapes, 1);
  module.memory.set(values);
  module.entry('predict')(1);
  const at = module.view(predictor).findIndex((value) => !Number.isFinite(value));
  if (at < 0) return values;
  throw new DefinitionError(
    `parameterization: entry ${at} of the predictor is ${module.view(predictor)[at]} at the initialization`,
    {
      hint: 'Choose a different initialization, or keep every operation within its domain.',
    },
  );
}
