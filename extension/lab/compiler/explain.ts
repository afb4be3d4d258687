/** A graph as text, one line per node, as shown by `explain`. */
import type { Graph, Node, NodeId } from './graph.ts';
import { operands, reachable } from './graph.ts';
import { operationOf } from './operations/index.ts';
import { type Shape, showShape } from './shape.ts';

/** The nodes that `roots` need, each as `name = what it computes   shape`; states keep their names. */
export function explainGraph(
  graph: Graph,
  roots: readonly NodeId[],
  names: ReadonlyMap<NodeId, string> = new Map(),
): string {
  const label = (id: NodeId): string => {
    const node = graph.nodes[id];
    if (node.op === 'state') return names.get(id) ?? node.name;
    if (node.op === 'constant')
      return node.shape.length === 0 ? String(node.values[0]) : `data${shapeSuffix(node.shape)}`;
    return names.get(id) ?? `t${id}`;
  };
  const lines = [...reachable(graph, roots)]
    .sort((a, b) => a - b)
    .flatMap((id) => {
      const node = graph.nodes[id];
      if (node.op === 'state' || node.op === 'constant') return [];
      return [[label(id), describe(node, label), showShape(node.shape)]];
    });
  const width = (column: number) => Math.max(0, ...lines.map((line) => line[column].length));
  return lines
    .map(([name, text, shape]) => `${name.padEnd(width(0))} = ${text.padEnd(width(1))}   ${shape}`)
    .join('\n');
}

function describe(node: Node, label: (id: NodeId) => string): string {
  return operationOf(node).describe?.(node, label) ?? `${node.op}(${operands(node).map(label).join(', ')})`;
}

function shapeSuffix(shape: Shape): string {
  return `[${shape.join('×')}]`;
}
