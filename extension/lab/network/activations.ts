/**
 * Activation functions, by name or as a user's function of one number. Represented by a small graph, which is plain
 * data.
 */
import { GraphBuilder } from '../compiler/builder.ts';
import type { Graph, NodeId } from '../compiler/graph.ts';
import { instantiate } from '../compiler/instantiate.ts';
import type { FunctionReader } from '../compiler/source/functionSource.ts';
import { toNode, trace } from '../compiler/source/interpreter.ts';
import { missingReturn } from '../compiler/source/missingReturn.ts';
import { requireAgreement } from '../compiler/source/selfCheck.ts';
import { describeValue, Traced } from '../compiler/source/values.ts';
import { DefinitionError } from '../errors.ts';

const formulas = {
  identity: (_g: GraphBuilder, x: NodeId) => x,
  tanh: (g: GraphBuilder, x: NodeId) => g.unary('tanh', x),
  relu: (g: GraphBuilder, x: NodeId) => g.binary('max', g.scalar(0), x),
  leakyRelu: (g: GraphBuilder, x: NodeId) =>
    g.select(g.binary('greater', x, g.scalar(0)), x, g.multiply(g.scalar(0.01), x)),
  elu: (g: GraphBuilder, x: NodeId) =>
    g.select(g.binary('greater', x, g.scalar(0)), x, g.unary('expm1', g.binary('min', x, g.scalar(0)))),
  sigmoid: (g: GraphBuilder, x: NodeId) => g.unary('sigmoid', x),
  softplus: (g: GraphBuilder, x: NodeId) => g.unary('softplus', x),
  silu: (g: GraphBuilder, x: NodeId) => g.multiply(x, g.unary('sigmoid', x)),
  // The tanh form of Hendrycks and Gimpel (2016).
  gelu: (g: GraphBuilder, x: NodeId) => {
    const cubic = g.add(x, g.multiply(g.scalar(0.044715), g.binary('power', x, g.scalar(3))));
    const gate = g.add(g.scalar(1), g.unary('tanh', g.multiply(g.scalar(Math.sqrt(2 / Math.PI)), cubic)));
    return g.multiply(g.multiply(g.scalar(0.5), x), gate);
  },
  sin: (g: GraphBuilder, x: NodeId) => g.unary('sin', x),
  square: (g: GraphBuilder, x: NodeId) => g.multiply(x, x),
};

/** The built-in activations. `gelu` is its tanh form; `leakyRelu` has slope 0.01; `relu` has derivative 0 at 0. */
export type ActivationName = keyof typeof formulas;

export const activationNames = Object.keys(formulas) as ActivationName[];

/** A scalar function as a graph; its input is a state node. */
export interface ActivationProgram {
  graph: Graph;
  input: NodeId;
  output: NodeId;
}

export function namedActivation(name: ActivationName): ActivationProgram {
  const g = new GraphBuilder();
  const input = g.state('x', []);
  return { graph: g.graph, input, output: formulas[name](g, input) };
}

/**
 * @param block names the building block in messages
 * @throws DefinitionError at the expression that cannot be differentiated
 */
export function userActivation(fn: (x: number) => number, read: FunctionReader, block: string): ActivationProgram {
  const g = new GraphBuilder();
  const input = g.state('x', []);
  const result = trace(g, read, fn, [new Traced(input)]);
  const output = toNode(g, result);
  if (output === null) {
    throw new DefinitionError(`${block}: 'activation' must return a number; it returns ${describeValue(result)}`, {
      ...(result === undefined ? missingReturn(read, fn) : {}),
    });
  }
  const toArguments = (values: readonly number[]) => [...values];
  requireAgreement({ fn, read, graph: g.graph, output, inputs: [{ name: 'x', node: input }], toArguments }, [[0], [1]]);
  return { graph: g.graph, input, output };
}

/** Applies an activation to every entry of a tensor. */
export function applyActivation(g: GraphBuilder, { graph, input, output }: ActivationProgram, x: NodeId): NodeId {
  return g.broadcast(instantiate(g, graph, output, new Map([[input, x]])), g.shapeOf(x));
}
