/** Activation functions: by name, or a user's function of one number. As a small graph they go to worker threads. */
import { GraphBuilder } from '../compiler/builder.ts';
import { type Graph, type NodeId, reachable } from '../compiler/graph.ts';
import type { FunctionReader } from '../compiler/source/functionSource.ts';
import { toNode, trace } from '../compiler/source/interpreter.ts';
import { Traced } from '../compiler/source/values.ts';
import { DefinitionError } from '../errors.ts';
import { show } from '../options.ts';

const formulas = {
  identity: (_g: GraphBuilder, x: NodeId) => x,
  tanh: (g: GraphBuilder, x: NodeId) => g.unary('tanh', x),
  // max(0, x) rather than max(x, 0): the derivative at 0 is that of the first.
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

/** The activations that have a name. `gelu` is its tanh form; `leakyRelu` has slope 0.01; `relu` has derivative 0 at 0. */
export type ActivationName = keyof typeof formulas;

export const activationNames = Object.keys(formulas) as ActivationName[];

/** A function of one number as a graph: its input is a state. */
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
    throw new DefinitionError(`${block}: 'activation' must return a number; it returns ${show(result)}`, {
      hint: result === undefined ? 'Is a `return` missing?' : null,
    });
  }
  return { graph: g.graph, input, output };
}

/** Applies an activation to every entry of a tensor. */
export function applyActivation(g: GraphBuilder, program: ActivationProgram, x: NodeId): NodeId {
  const { nodes } = program.graph;
  const values = new Map<NodeId, NodeId>([[program.input, x]]);
  const at = (id: NodeId): NodeId => {
    const value = values.get(id);
    if (value === undefined) throw new Error(`node ${id} of an activation comes before its operands`);
    return value;
  };
  for (const id of [...reachable(program.graph, [program.output])].sort((a, b) => a - b)) {
    if (values.has(id)) continue;
    const node = nodes[id];
    switch (node.op) {
      case 'constant':
        values.set(id, g.constant(node.values, node.shape));
        break;
      case 'unary':
        values.set(id, g.unary(node.fn, at(node.a)));
        break;
      case 'binary':
        values.set(id, g.binary(node.fn, at(node.a), at(node.b)));
        break;
      case 'select':
        values.set(id, g.select(at(node.condition), at(node.a), at(node.b)));
        break;
      default:
        throw new Error(`${node.op} in a function of one number`);
    }
  }
  return g.broadcast(at(program.output), g.shapeOf(x));
}
