/** The memory of a program: fixed offsets for what has storage, and the index tables. */
import type { Graph, NodeId } from '../graph.ts';
import { sizeOf } from '../shape.ts';
import type { Program } from './kernels.ts';
import { storageOf } from './schedule.ts';

/** Hands out fixed offsets. */
export class Arena {
  words = 0;
  readonly constants: Program['constants'] = [];
  readonly offsets = new Map<NodeId, number>();
  private readonly tables: Int32Array[] = [];
  private readonly tableAt = new Map<Int32Array, number>();
  private tableLength = 0;

  constructor(private readonly graph: Graph) {}

  /** The offset of a node's storage, given out at the first call. */
  place(id: NodeId): number {
    const storage = storageOf(this.graph, id);
    const known = this.offsets.get(storage);
    if (known !== undefined) {
      this.offsets.set(id, known);
      return known;
    }
    const node = this.graph.nodes[storage];
    const offset = this.words;
    this.words += sizeOf(node.shape);
    this.offsets.set(storage, offset);
    this.offsets.set(id, offset);
    if (node.op === 'constant') this.constants.push({ offset, node: storage });
    return offset;
  }

  /** Words that belong to no node. */
  scratch(size: number): number {
    const offset = this.words;
    this.words += size;
    return offset;
  }

  table(indices: Int32Array): number {
    const known = this.tableAt.get(indices);
    if (known !== undefined) return known;
    const at = this.tableLength;
    this.tables.push(indices);
    this.tableAt.set(indices, at);
    this.tableLength += indices.length;
    return at;
  }

  indexTable(): Int32Array {
    const all = new Int32Array(this.tableLength);
    for (const table of this.tables) all.set(table, this.tableAt.get(table));
    return all;
  }
}
