/** From the graph to a program: which nodes get storage, where it is, and the kernels of each entry in order. */
import { type Graph, type Node, type NodeId, operands, reachable } from '../graph.ts';
import { operationOf } from '../operations/index.ts';
import { sizeOf } from '../shape.ts';
import { Arena } from './arena.ts';
import type { Instruction, Kernel, LoopKernel, Program } from './kernels.ts';
import { type Group, isLeaf, isPointwise, isTotal, type Schedule, schedule, storageOf } from './schedule.ts';

/** One way to run a program. */
export interface Entry {
  name: string;
  /** Nodes to be read from outside afterwards. */
  outputs: readonly NodeId[];
  /** New values of states, written when the old ones are no longer needed. */
  assignments?: readonly { state: NodeId; value: NodeId }[];
  /** Entries that ran just before with the same states: what they computed is taken as it stands. */
  after?: readonly string[];
}

/** Lays out the arena and lowers each entry. The given states come first, in their order and without gaps. */
export function lower(graph: Graph, states: readonly NodeId[], entries: readonly Entry[]): Program {
  const arena = new Arena(graph);
  for (const state of states) arena.place(state);
  const constants = constantEntry(graph, entries);
  const computed = new Map<string, Set<NodeId>>();
  const lowered = [constants, ...entries].map((entry) => {
    const before = entry === constants ? [] : [CONSTANTS, ...(entry.after ?? [])];
    const available = new Set(before.flatMap((name) => [...(computed.get(name) ?? [])]));
    const { kernels, stored } = new EntryLowering(graph, arena, entry, available).run();
    computed.set(entry.name, new Set([...available, ...stored]));
    return { name: entry.name, kernels };
  });
  return {
    words: arena.words,
    constants: arena.constants,
    indices: arena.indexTable(),
    entries: lowered,
    offsets: arena.offsets,
  };
}

/** The entry that computes once what depends on no state. */
export const CONSTANTS = 'constants';

/** Its outputs: the constant operands of nodes that change. */
function constantEntry(graph: Graph, entries: readonly Entry[]): Entry {
  const roots = entries.flatMap((entry) => [...entry.outputs, ...(entry.assignments ?? []).map(({ value }) => value)]);
  const changes = new Set<NodeId>();
  graph.nodes.forEach((node, id) => {
    if (node.op === 'state' || operands(node).some((operand) => changes.has(operand))) changes.add(id);
  });
  const outputs = new Set<NodeId>();
  const offer = (id: NodeId) => {
    const storage = storageOf(graph, id);
    if (!changes.has(storage) && !isLeaf(graph.nodes[storage])) outputs.add(storage);
  };
  roots.forEach(offer);
  for (const id of reachable(graph, roots)) if (changes.has(id)) operands(graph.nodes[id]).forEach(offer);
  return { name: CONSTANTS, outputs: [...outputs] };
}

/** Lowers one entry. */
class EntryLowering {
  private readonly plan: Schedule;
  private readonly stored: Set<NodeId>;
  /** The position of each group, and of the last group that reads each assigned state. */
  private readonly positionOf: ReadonlyMap<Group, number>;
  private readonly lastReader: ReadonlyMap<NodeId, number>;

  constructor(
    private readonly graph: Graph,
    private readonly arena: Arena,
    private readonly entry: Entry,
    private readonly available: ReadonlySet<NodeId>,
  ) {
    const assigned = (entry.assignments ?? []).map(({ value }) => value);
    const needed = this.neededBy([...entry.outputs, ...assigned]);
    this.plan = schedule(graph, needed, available);
    this.positionOf = new Map(this.plan.groups.map((group, position) => [group, position]));
    this.lastReader = this.lastReaders();
    this.stored = this.nodesToStore(needed);
  }

  run(): { kernels: Kernel[]; stored: Set<NodeId> } {
    const direct = this.directAssignments();
    const assignedIn = new Map<Group, { state: NodeId; value: NodeId }[]>();
    for (const assignment of this.entry.assignments ?? []) {
      const group = direct.has(assignment.state) ? this.plan.groupOf.get(assignment.value) : undefined;
      if (!group) continue;
      const others = assignedIn.get(group);
      if (others) others.push(assignment);
      else assignedIn.set(group, [assignment]);
    }
    const kernels = this.plan.groups.map((group) =>
      group.kind === 'loop' ? this.loop(group, assignedIn.get(group) ?? []) : this.single(group.node),
    );
    kernels.push(...this.lateAssignments(direct));
    for (const id of this.entry.outputs) this.arena.place(id);
    const isUseful = (kernel: Kernel) => kernel.kind !== 'loop' || kernel.stores.length + kernel.reductions.length > 0;
    return { kernels: kernels.filter(isUseful), stored: this.stored };
  }

  /** Assignments that could not be stored in place: first what another assignment would overwrite is put aside. */
  private lateAssignments(direct: ReadonlySet<NodeId>): Kernel[] {
    const assigned = new Set((this.entry.assignments ?? []).map(({ state }) => state));
    const aside: Kernel[] = [];
    const copies: Kernel[] = [];
    for (const { state, value } of this.entry.assignments ?? []) {
      if (direct.has(state)) continue;
      let from = this.arena.place(value);
      if (assigned.has(storageOf(this.graph, value))) {
        const scratch = this.arena.scratch(sizeOf(this.graph.nodes[state].shape));
        aside.push(this.copyFlat(from, scratch, state));
        from = scratch;
      }
      copies.push(this.copyFlat(from, this.arena.place(state), state));
    }
    return [...aside, ...copies];
  }

  private neededBy(roots: NodeId[]): Set<NodeId> {
    const all = reachable(this.graph, roots);
    if (this.available.size === 0) return all;
    const needed = new Set<NodeId>();
    const open = [...roots];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (needed.has(id)) continue;
      needed.add(id);
      if (!this.available.has(id)) open.push(...operands(this.graph.nodes[id]));
    }
    return needed;
  }

  /** Nodes that another kernel or the outside reads; the others live only inside their loop. */
  private nodesToStore(needed: ReadonlySet<NodeId>): Set<NodeId> {
    const stored = new Set<NodeId>();
    const store = (id: NodeId) => {
      const storage = storageOf(this.graph, id);
      if (this.plan.groupOf.has(storage)) stored.add(storage);
    };
    for (const id of this.entry.outputs) store(id);
    for (const id of needed) {
      const group = this.plan.groupOf.get(id);
      if (!group) continue;
      for (const operand of operands(this.graph.nodes[id])) {
        if (group.kind === 'single') store(operand);
        else if (!this.inlinable(operand, group)) store(operand);
      }
      if (group.kind === 'single') stored.add(id);
      if (isTotal(this.graph.nodes[id])) stored.add(id);
    }
    for (const { state, value } of this.entry.assignments ?? []) {
      if (this.plan.groupOf.get(value)?.kind !== 'loop' || !this.storable(state, value)) store(value);
    }
    return stored;
  }

  /** Whether a loop computes this operand itself rather than reading it. */
  private inlinable(operand: NodeId, loop: Group & { kind: 'loop' }): boolean {
    const id = storageOf(this.graph, operand);
    const node = this.graph.nodes[id];
    if (!isPointwise(node) || this.available.has(id)) return false;
    if (this.plan.groupOf.get(id) === loop) return true;
    return sizeOf(node.shape) === loop.length && this.isCheap(id, 2);
  }

  /** A product or sum of leaves is computed again sooner than stored and read back. */
  private isCheap(operand: NodeId, budget: number): boolean {
    const id = storageOf(this.graph, operand);
    const node = this.graph.nodes[id];
    if (isLeaf(node)) return true;
    if (budget === 0 || this.available.has(id)) return false;
    if (node.op === 'unary') return node.fn === 'negate' && this.isCheap(node.a, budget - 1);
    if (node.op !== 'binary' || !['add', 'subtract', 'multiply'].includes(node.fn)) return false;
    return this.isCheap(node.a, budget - 1) && this.isCheap(node.b, budget - 1);
  }

  /** States that a loop can overwrite in place: nobody reads the old value later or at another index. */
  private directAssignments(): Set<NodeId> {
    const direct = new Set<NodeId>();
    for (const { state, value } of this.entry.assignments ?? []) if (this.storable(state, value)) direct.add(state);
    return direct;
  }

  private storable(state: NodeId, value: NodeId): boolean {
    const group = this.plan.groupOf.get(value);
    if (group?.kind !== 'loop' || !isPointwise(this.graph.nodes[value])) return false;
    if (sizeOf(this.graph.nodes[state].shape) !== group.length) return false;
    const at = this.positionOf.get(group) as number;
    const last = this.lastReader.get(state) ?? -1;
    return last < at || (last === at && (this.graph.nodes[state].shape.length > 0 || group.length === 1));
  }

  /** The last group that reads each assigned state, itself or through cheap operands that its loop computes again. */
  private lastReaders(): Map<NodeId, number> {
    const last = new Map<NodeId, number>();
    const assigned = new Set((this.entry.assignments ?? []).map(({ state }) => state));
    if (assigned.size === 0) return last;
    const read = (id: NodeId, position: number, depth: number) => {
      for (const operand of operands(this.graph.nodes[id])) {
        const source = storageOf(this.graph, operand);
        if (assigned.has(source)) last.set(source, position);
        else if (depth > 0 && isPointwise(this.graph.nodes[source])) read(source, position, depth - 1);
      }
    };
    this.plan.groups.forEach((group, position) => {
      for (const id of group.kind === 'loop' ? group.nodes : [group.node]) read(id, position, 3);
    });
    return last;
  }

  /** @param assignments to states that this loop overwrites in place */
  private loop(group: Group & { kind: 'loop' }, assignments: readonly { state: NodeId; value: NodeId }[]): LoopKernel {
    const body: Instruction[] = [];
    const emitted = new Map<NodeId, number>();
    const emit = (instruction: Instruction) => body.push(instruction) - 1;
    const at = (operand: NodeId) => emitted.get(storageOf(this.graph, operand));
    /** Operands first; without recursion, for a sum may have thousands of terms. */
    const value = (operand: NodeId): number => {
      const open = [storageOf(this.graph, operand)];
      for (let id = open.at(-1); id !== undefined; id = open.at(-1)) {
        const node = this.graph.nodes[id];
        const isComputed = isPointwise(node) && this.inlinable(id, group);
        const missing = emitted.has(id) || !isComputed ? [] : operands(node).filter((one) => at(one) === undefined);
        if (missing.length > 0) {
          open.push(...missing.map((one) => storageOf(this.graph, one)).reverse());
          continue;
        }
        open.pop();
        if (emitted.has(id)) continue;
        if (node.op === 'constant' && node.shape.length === 0) {
          emitted.set(id, emit({ op: 'literal', value: node.values[0] }));
        } else if (isComputed) {
          emitted.set(id, emit(this.instruction(node, (one) => at(one) as number)));
        } else {
          emitted.set(id, emit({ op: 'load', offset: this.arena.place(id), fixed: sizeOf(node.shape) === 1 }));
        }
      }
      return at(operand) as number;
    };
    const kernel: LoopKernel = { kind: 'loop', length: group.length, body, stores: [], reductions: [] };
    for (const id of group.nodes) {
      const node = this.graph.nodes[id];
      if (node.op === 'reduce') {
        kernel.reductions.push({ fn: node.fn, value: value(node.a), offset: this.arena.place(id) });
      } else if (this.stored.has(id)) {
        kernel.stores.push({ value: value(id), offset: this.arena.place(id) });
      }
    }
    for (const { state, value: next } of assignments) {
      kernel.stores.push({ value: value(next), offset: this.arena.place(state) });
    }
    return kernel;
  }

  private instruction(node: Node, value: (id: NodeId) => number): Instruction {
    switch (node.op) {
      case 'unary':
        return { op: 'unary', fn: node.fn, a: value(node.a) };
      case 'binary':
        return { op: 'binary', fn: node.fn, a: value(node.a), b: value(node.b) };
      case 'select':
        return { op: 'select', condition: value(node.condition), a: value(node.a), b: value(node.b) };
      default:
        throw new Error(`${node.op} is not computed entry by entry`);
    }
  }

  private single(id: NodeId): Kernel {
    const node = this.graph.nodes[id];
    const kernel = operationOf(node).lower?.(node, id, {
      shapeOf: (operand) => this.graph.nodes[operand].shape,
      place: (operand) => this.arena.place(operand),
      table: (indices) => this.arena.table(indices),
    });
    if (!kernel) throw new Error(`${node.op} has no kernel`);
    return kernel;
  }

  private copyFlat(from: number, to: number, state: NodeId): Kernel {
    const length = sizeOf(this.graph.nodes[state].shape);
    return { kind: 'copy', a: from, out: to, shape: [length], strides: [1] };
  }
}
