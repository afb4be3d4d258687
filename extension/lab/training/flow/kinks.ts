/** Where the derivative of a program jumps. */
import { type Graph, type NodeId, operands, reachable } from '../../compiler/graph.ts';

const JUMPING_UNARY: ReadonlySet<string> = new Set(['abs', 'sign', 'floor', 'ceil', 'round', 'trunc', 'not']);
const JUMPING_BINARY: ReadonlySet<string> = new Set(['min', 'max', 'remainder']);

/** Whether values on the way to `roots` are chosen by something that depends on the parameters. */
export function hasKinks(graph: Graph, roots: Iterable<NodeId>): boolean {
  const depends = new Set<NodeId>();
  for (const id of [...reachable(graph, roots)].sort((a, b) => a - b)) {
    const node = graph.nodes[id];
    if (node.op === 'state' || operands(node).some((operand) => depends.has(operand))) depends.add(id);
  }
  return [...depends].some((id) => {
    const node = graph.nodes[id];
    if (node.op === 'unary') return JUMPING_UNARY.has(node.fn);
    if (node.op === 'binary') return JUMPING_BINARY.has(node.fn);
    return (node.op === 'select' && depends.has(node.condition)) || (node.op === 'reduce' && node.fn !== 'sum');
  });
}
