/** What programs have in common: runs of one grid differ in their numbers, seldom in anything else. */
import type { Graph, Node, NodeId } from '../graph.ts';
import type { Entry } from './lower.ts';

/** Index tables longer than this, in bytes, are not compared: as texts they would fill the memory. */
const LONGEST_TABLE = 2 ** 20;

/** One character for each byte. */
const decoder = new TextDecoder('latin1');

/**
 * A text that two graphs share exactly if they lower to the same program: everything but the numbers of their
 * constants, of which single ones count, for they become part of the code.
 * @returns null where the text would be too long
 */
export function structureKey(graph: Graph, states: readonly NodeId[], entries: readonly Entry[]): string | null {
  const parts: string[] = [JSON.stringify([states, entries])];
  for (const node of graph.nodes) {
    const part = keyOf(node);
    if (part === null) return null;
    parts.push(part);
  }
  return parts.join('\n');
}

function keyOf(node: Node): string | null {
  if (node.op === 'state') return `state ${node.shape}`;
  if (node.op === 'constant') {
    if (node.shape.length > 0) return `constant ${node.shape}`;
    return Object.is(node.values[0], -0) ? 'scalar -0' : `scalar ${node.values[0]}`;
  }
  let key = '';
  for (const value of Object.values(node)) {
    if (value instanceof Int32Array) {
      if (value.byteLength > LONGEST_TABLE) return null;
      key += `${value.length}:${decoder.decode(value)} `;
    } else {
      key += `${value} `;
    }
  }
  return key;
}
