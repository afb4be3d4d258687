/** What programs have in common: runs of one grid differ in their numbers, seldom in anything else. */
import type { Graph, Node, NodeId } from '../graph.ts';
import type { Entry } from './lower.ts';

/** Index tables longer than this are not kept to be compared: they would fill the memory. */
const LONGEST_TABLE = 2 ** 18;

/** Everything in which graphs may differ that lower to different programs: two of them are compared by {@link isSame}. */
export interface Structure {
  /** All but the entries of index tables, and the numbers of constants of more than one number. */
  key: string;
  tables: readonly Int32Array[];
}

/**
 * The structure of a graph. Of its constants single numbers count, for they become part of the code.
 * @returns null where an index table is too long to be kept
 */
export function structureOf(graph: Graph, states: readonly NodeId[], entries: readonly Entry[]): Structure | null {
  const tables: Int32Array[] = [];
  const parts = [JSON.stringify([states, entries]), ...graph.nodes.map((node) => keyOf(node, tables))];
  return tables.some(({ length }) => length > LONGEST_TABLE) ? null : { key: parts.join('\n'), tables };
}

/** Whether two structures of equal key are the same. */
export function isSame(a: Structure, b: Structure): boolean {
  return a.tables.every((table, position) => areEqual(table, b.tables[position]));
}

function keyOf(node: Node, tables: Int32Array[]): string {
  if (node.op === 'state') return `state ${node.shape}`;
  if (node.op === 'constant') {
    if (node.shape.length > 0) return `constant ${node.shape}`;
    return Object.is(node.values[0], -0) ? 'scalar -0' : `scalar ${node.values[0]}`;
  }
  let key = '';
  for (const value of Object.values(node)) {
    if (value instanceof Int32Array) {
      tables.push(value);
      key += `${value.length}:${hashOf(value)} `;
    } else {
      key += `${value} `;
    }
  }
  return key;
}

/** FNV-1a over the entries: tables that differ seldom share it. */
function hashOf(table: Int32Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < table.length; i++) hash = Math.imul(hash ^ table[i], 0x01000193);
  return hash;
}

function areEqual(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
