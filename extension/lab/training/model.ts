/**
 * A predictor or network applied to a problem's data: the graph of its outputs, to which optimizers add their steps.
 */
import type { ChooseBackends } from '../compiler/backend.ts';
import { cpuBackends } from '../compiler/backends.ts';
import { GraphBuilder } from '../compiler/builder.ts';
import type { NodeId } from '../compiler/graph.ts';
import { sizeOf } from '../compiler/shape.ts';
import { type Layer, networkOutputs } from '../network/network.ts';
import type { PredictorProgram } from '../parameterizations/parameterization.ts';
import type { Inputs, ProblemData } from '../problems/problem.ts';

export interface Model {
  g: GraphBuilder;
  data: ProblemData;
  /** The parameters, in memory order. */
  parameters: NodeId[];
  /** Number of all parameters p. */
  parameterCount: number;
  /** Has the predictor's shape; null for a network. */
  predictor: NodeId | null;
  /** f on the training inputs, [n]. */
  trainOutputs: NodeId;
  /** f on the test inputs, or null without them. */
  testOutputs: NodeId | null;
  /** A network's layers on the training inputs; null for a predictor. */
  layers: Layer[] | null;
  /** f on other inputs, a node of shape [count, dimension], and a network's layers there. */
  outputsAt(inputs: NodeId): { outputs: NodeId; layers: Layer[] | null };
  /** What its programs are compiled with. */
  backends: ChooseBackends;
}

export function buildModel(
  program: PredictorProgram,
  data: ProblemData,
  backends: ChooseBackends = () => cpuBackends,
): Model {
  const g = new GraphBuilder(program.graph);
  const { predictor, network } = program;
  const outputsAt = (inputs: NodeId): { outputs: NodeId; layers: Layer[] | null } => {
    if (network) return networkOutputs(g, network, inputs);
    return { outputs: predicted(g, predictorOf(program), inputs), layers: null };
  };
  const outputsOn = (inputs: Inputs) => {
    if (inputs.kind === 'rows') return outputsAt(g.constant(inputs.values, [inputs.count, inputs.dimension]));
    return { outputs: g.gather(predictorOf(program), inputs.indices, [inputs.count]), layers: null };
  };
  const train = outputsOn(data.train);
  return {
    g,
    data,
    parameters: program.parameters.map(({ node }) => node),
    parameterCount: program.parameters.reduce((total, { shape }) => total + sizeOf(shape), 0),
    predictor,
    trainOutputs: train.outputs,
    testOutputs: data.test && outputsOn(data.test).outputs,
    layers: train.layers,
    outputsAt,
    backends,
  };
}

/** The predictor of a program or model that must have one. */
export function predictorOf({ predictor }: { predictor: NodeId | null }): NodeId {
  if (predictor === null) throw new Error('a network has no predictor');
  return predictor;
}

/** f = X·w. */
function predicted(g: GraphBuilder, predictor: NodeId, inputs: NodeId): NodeId {
  const [count, dimension] = g.shapeOf(inputs);
  return g.reshape(g.matmul(inputs, g.reshape(predictor, [dimension, 1])), [count]);
}
