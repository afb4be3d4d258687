/**
 * Puts the nodes of one entry in an order: loops of equal length and stage are fused into one, with the reductions
 * over them; whatever needs a whole tensor first (a matrix product, a rearrangement) waits for the stage after.
 */
import { type Graph, type Node, type NodeId, operands } from '../graph.ts';
import { sizeOf } from '../shape.ts';

/** Work that runs together: one fused loop, or one node of another kind. */
export type Group = { kind: 'loop'; length: number; nodes: NodeId[] } | { kind: 'single'; node: NodeId };

export interface Schedule {
  groups: Group[];
  /** The group that computes each node. */
  groupOf: Map<NodeId, Group>;
}

/**
 * Nodes of one loop. A loop of more would be a function of more instructions than compilers like (their time grows
 * faster than the number), or than a back end allows; it is divided, and the parts hand values on through the memory.
 */
export const LONGEST_LOOP = 2048;

/** Storage alone: nothing runs for it. */
export function isLeaf(node: Node): boolean {
  return node.op === 'state' || node.op === 'constant';
}

/** Computed entry by entry, inside a loop. */
export function isPointwise(node: Node): boolean {
  return node.op === 'unary' || node.op === 'binary' || node.op === 'select';
}

/** A reduction to one number, which rides on the loop over its operand. */
export function isTotal(node: Node): boolean {
  return node.op === 'reduce' && node.shape.length === 0;
}

/** The node whose storage a node shares: a reshape is its operand. */
export function storageOf(graph: Graph, id: NodeId): NodeId {
  let storage = id;
  for (let node = graph.nodes[id]; node.op === 'reshape'; node = graph.nodes[storage]) storage = node.a;
  return storage;
}

/**
 * @param needed the nodes to compute, `available` those computed before by another entry
 */
export function schedule(graph: Graph, needed: ReadonlySet<NodeId>, available: ReadonlySet<NodeId>): Schedule {
  const stage = new Map<NodeId, number>();
  const loops = new Map<string, Group & { kind: 'loop' }>();
  const staged: { stage: number; group: Group }[] = [];
  const groupOf = new Map<NodeId, Group>();

  for (const id of [...needed].sort((a, b) => a - b)) {
    const node = graph.nodes[id];
    if (isLeaf(node) || available.has(id) || node.op === 'reshape') continue;
    const inLoop = isPointwise(node) || isTotal(node);
    const length = isTotal(node) ? sizeOf(graph.nodes[operands(node)[0]].shape) : sizeOf(node.shape);
    let earliest = 0;
    for (const operand of operands(node)) {
      const source = storageOf(graph, operand);
      const before = stage.get(source);
      if (before === undefined) continue;
      const producer = groupOf.get(source);
      const rides =
        inLoop && isPointwise(graph.nodes[source]) && producer?.kind === 'loop' && producer.length === length;
      earliest = Math.max(earliest, rides ? before : before + 1);
    }
    stage.set(id, earliest);
    if (inLoop) {
      const key = `${earliest} ${length}`;
      let loop = loops.get(key);
      if (!loop || loop.nodes.length === LONGEST_LOOP) {
        loop = { kind: 'loop', length, nodes: [] };
        loops.set(key, loop);
        staged.push({ stage: earliest, group: loop });
      }
      loop.nodes.push(id);
      groupOf.set(id, loop);
    } else {
      const group: Group = { kind: 'single', node: id };
      staged.push({ stage: earliest, group });
      groupOf.set(id, group);
    }
  }
  staged.sort((a, b) => a.stage - b.stage);
  return { groups: staged.map(({ group }) => group), groupOf };
}
