/** Detects discontinuous derivatives of a program. */
import { binaryFunctions, unaryFunctions } from '../../compiler/functions.ts';
import { type Graph, type NodeId, operands, reachable } from '../../compiler/graph.ts';

/** Whether `roots` depend on a selection or kink that depends on the parameters. */
export function hasKinks(graph: Graph, roots: Iterable<NodeId>): boolean {
  const depends = new Set<NodeId>();
  for (const id of [...reachable(graph, roots)].sort((a, b) => a - b)) {
    const node = graph.nodes[id];
    if (node.op === 'state' || operands(node).some((operand) => depends.has(operand))) depends.add(id);
  }
  return [...depends].some((id) => {
    const node = graph.nodes[id];
    if (node.op === 'unary') return unaryFunctions[node.fn].kink === true;
    if (node.op === 'binary') return binaryFunctions[node.fn].kink === true;
    return (node.op === 'select' && depends.has(node.condition)) || (node.op === 'reduce' && node.fn !== 'sum');
  });
}
