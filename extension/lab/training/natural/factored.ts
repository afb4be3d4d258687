/** The symmetric systems that a program solves. */
import { type Graph, type NodeId, reachable } from '../../compiler/graph.ts';

/** Every matrix that is factored on the way to a node, and its factor. */
export function factoredIn(graph: Graph, root: NodeId): { matrix: NodeId; factor: NodeId }[] {
  return [...reachable(graph, [root])].flatMap((factor) => {
    const node = graph.nodes[factor];
    return node.op === 'cholesky' ? [{ matrix: node.a, factor }] : [];
  });
}
