/** The helpers that printed nodes call. */
import { type Graph, type NodeId, reachable } from '../lab/compiler/graph.ts';
import type { PartName } from './parts.ts';
import type { ScriptParts } from './scriptParts.ts';

const helpers: Record<string, PartName> = {
  guardedMultiply: 'guarded',
  round: 'rounded',
  sigmoid: 'sigmoid',
  convolve: 'convolve',
  correlate: 'convolve',
  scatter: 'scatter',
  sparseMatmul: 'scatter',
};

export function needHelpers(script: ScriptParts, graph: Graph, outputs: readonly NodeId[]): void {
  for (const id of reachable(graph, outputs)) {
    const node = graph.nodes[id]!;
    const helper = helpers['fn' in node ? node.fn : node.op];
    if (helper) script.need(helper);
  }
}
