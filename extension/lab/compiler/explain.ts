/** A graph in words: one line a node, as `explain` shows it. */
import type { Graph, Node, NodeId } from './graph.ts';
import { operands, reachable } from './graph.ts';
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

const infix: Partial<Record<string, string>> = { add: '+', subtract: '−', multiply: '·', divide: '/', power: '**' };

function describe(node: Node, label: (id: NodeId) => string): string {
  const [a, b] = operands(node).map(label);
  switch (node.op) {
    case 'unary':
      return node.fn === 'negate' ? `−${a}` : `${node.fn}(${a})`;
    case 'binary':
      return infix[node.fn] ? `${a} ${infix[node.fn]} ${b}` : `${node.fn}(${a}, ${b})`;
    case 'select':
      return `${label(node.condition)} ? ${label(node.a)} : ${label(node.b)}`;
    case 'reduce':
      return `${node.fn}(${a})${node.shape.length > 0 ? ` over axis ${node.axes.join(', ')}` : ''}`;
    case 'matmul':
      return `${a}${node.transposeA ? 'ᵀ' : ''} × ${b}${node.transposeB ? 'ᵀ' : ''}`;
    case 'gather':
    case 'scatter':
      return `${node.op}(${a}) at ${node.indices.length} positions`;
    case 'sampledMatmul':
      return `${node.indices.length} entries of ${a} × ${b}ᵀ`;
    case 'sparseMatmul':
      return `sparse(${a})${node.transposed ? 'ᵀ' : ''} × ${b}`;
    default:
      return `${node.op}(${operands(node).map(label).join(', ')})`;
  }
}

function shapeSuffix(shape: Shape): string {
  return `[${shape.join('×')}]`;
}
