/** A compiled program with its memory: the only way in which the lab runs a graph. */
import { LRUCache } from 'lru-cache';
import type { ChooseBackends, CpuBackend, Run } from './backend.ts';
import { compileForCpu, cpuBackends } from './backends.ts';
import type { Graph, NodeId } from './graph.ts';
import type { Program } from './lower/kernels.ts';
import { CONSTANTS, type Entry, lower } from './lower/lower.ts';
import { isSame, type Structure, structureOf } from './lower/structure.ts';
import { sizeOf } from './shape.ts';

export class CompiledModule {
  /** The arena; the states stand at its beginning, in the order given. */
  readonly memory: Float64Array;
  /** What runs the program. */
  readonly backend: CpuBackend;
  /** Why a preferred back end does not run it; null if none refused. */
  readonly refusal: string | null;
  /** What was compiled. */
  readonly program: Program;
  private readonly entries: Readonly<Record<string, Run>>;

  /**
   * @param states storage in the order in which it lies in memory
   * @param entries what can be run
   * @param backends the first of them that takes the program runs it; a function chooses them for the program
   */
  constructor(
    private readonly graph: Graph,
    states: readonly NodeId[],
    entries: readonly Entry[],
    backends: readonly CpuBackend[] | ChooseBackends = cpuBackends,
  ) {
    const program = programOf(graph, states, entries);
    this.program = program;
    const { backend, executable, refusal } = compileForCpu(
      program,
      typeof backends === 'function' ? backends(program) : backends,
    );
    this.backend = backend;
    this.refusal = refusal;
    this.memory = executable.memory;
    this.entries = executable.entries;
    for (const { offset, node } of program.constants) {
      const constant = graph.nodes[node];
      if (constant.op === 'constant') this.memory.set(constant.values, offset);
    }
    this.entries[CONSTANTS](1);
  }

  /** The entries of a node, as a view that changes when the program runs. */
  view(id: NodeId): Float64Array {
    const offset = this.program.offsets.get(id);
    if (offset === undefined) throw new Error(`node ${id} has no storage: name it as an output`);
    return this.memory.subarray(offset, offset + sizeOf(this.graph.nodes[id].shape));
  }

  /** The runner of an entry. */
  entry(name: string): Run {
    return this.entries[name];
  }
}

interface Lowered {
  structure: Structure;
  program: Program;
}

/** The most recently lowered programs: the runs of a grid often share one. */
const lowered = new LRUCache<string, Lowered>({ max: 32 });

function programOf(graph: Graph, states: readonly NodeId[], entries: readonly Entry[]): Program {
  const structure = structureOf(graph, states, entries);
  const make = () => lower(graph, states, entries);
  if (structure === null) return make();
  const known = lowered.get(structure.key);
  if (known && isSame(structure, known.structure)) return known.program;
  const program = make();
  lowered.set(structure.key, { structure, program });
  return program;
}
