/** A predictor on a problem's data: the graph of its outputs, to which the optimizers add their steps. */
import { GraphBuilder } from '../compiler/builder.ts';
import type { NodeId } from '../compiler/graph.ts';
import { sizeOf } from '../compiler/shape.ts';
import type { PredictorProgram } from '../parameterizations/parameterization.ts';
import type { Inputs, ProblemData } from '../problems/problem.ts';

export interface Model {
  g: GraphBuilder;
  data: ProblemData;
  /** The parameters, in the order in which they lie in memory. */
  parameters: NodeId[];
  /** Number of all parameters p. */
  parameterCount: number;
  /** Of the predictor's shape. */
  predictor: NodeId;
  /** f on the training inputs, [n]. */
  trainOutputs: NodeId;
  /** f on the test inputs, or null without them. */
  testOutputs: NodeId | null;
  /** f on other inputs, a node of shape [count, dimension]. */
  outputsAt(inputs: NodeId): NodeId;
}

export function buildModel(program: PredictorProgram, data: ProblemData): Model {
  const g = new GraphBuilder(program.graph);
  const { predictor } = program;
  return {
    g,
    data,
    parameters: program.parameters.map(({ node }) => node),
    parameterCount: program.parameters.reduce((total, { shape }) => total + sizeOf(shape), 0),
    predictor,
    trainOutputs: outputsOn(g, predictor, data.train),
    testOutputs: data.test ? outputsOn(g, predictor, data.test) : null,
    outputsAt: (inputs) => outputsAt(g, predictor, inputs),
  };
}

/** f on the given inputs. */
export function outputsOn(g: GraphBuilder, predictor: NodeId, inputs: Inputs): NodeId {
  if (inputs.kind === 'entries') return g.gather(predictor, inputs.indices, [inputs.count]);
  return outputsAt(g, predictor, g.constant(inputs.values, [inputs.count, inputs.dimension]));
}

function outputsAt(g: GraphBuilder, predictor: NodeId, inputs: NodeId): NodeId {
  const [count, dimension] = g.shapeOf(inputs);
  return g.reshape(g.matmul(inputs, g.reshape(predictor, [dimension, 1])), [count]);
}
