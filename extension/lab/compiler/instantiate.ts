/** A function of numbers, as a graph, applied to tensors of another graph. */
import type { GraphBuilder } from './builder.ts';
import { type Graph, type NodeId, reachable } from './graph.ts';

/** @param inputs what takes the place of nodes of the function's graph */
export function instantiate(
  g: GraphBuilder,
  graph: Graph,
  output: NodeId,
  inputs: ReadonlyMap<NodeId, NodeId>,
): NodeId {
  const values = new Map(inputs);
  const at = (id: NodeId): NodeId => {
    const value = values.get(id);
    if (value === undefined) throw new Error(`node ${id} of a function comes before its operands`);
    return value;
  };
  for (const id of [...reachable(graph, [output], (node) => inputs.has(node))].sort((a, b) => a - b)) {
    if (values.has(id)) continue;
    const node = graph.nodes[id];
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
  return at(output);
}
