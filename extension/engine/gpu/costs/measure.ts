/** Measures the cost of work on this machine with small benchmark programs, in a few seconds. */

import { isRefusal } from '../../../lab/compiler/backend.ts';
import { GraphBuilder } from '../../../lab/compiler/builder.ts';
import { compileEntry } from '../../../lab/compiler/gpu/backend.ts';
import type { DevicePrograms } from '../../../lab/compiler/gpu/module.ts';
import type { NodeId } from '../../../lab/compiler/graph.ts';
import { CompiledModule } from '../../../lab/compiler/module.ts';
import type { Work } from '../../../lab/compiler/operations/operation.ts';
import { sizeOf } from '../../../lab/compiler/shape.ts';
import { launchesOf, workOf } from '../../../lab/compiler/work.ts';
import type { Rates } from './table.ts';

/** A program of one state that is replaced at each step. */
interface Probe {
  module: CompiledModule;
  /** Entries of the state. */
  size: number;
  work: Work;
}

const ENTRY = 'probe';

/** Almost no work. */
const tiny = () => probe([8], (g, x) => g.multiply(x, g.scalar(0.999)));
/** Memory-bound. */
const wide = () => probe([2 ** 20], (g, x) => g.multiply(x, g.scalar(0.999)));
/** Compute-bound. */
const dense = () => {
  const mean = new Float64Array(256 * 256).fill(1 / 256);
  return probe([256, 256], (g, x) => g.matmul(x, g.constant(mean, [256, 256])));
};

function probe(shape: number[], next: (g: GraphBuilder, x: NodeId) => NodeId): Probe {
  const g = new GraphBuilder();
  const x = g.state('x', shape);
  const entries = [{ name: ENTRY, outputs: [], assignments: [{ state: x, value: next(g, x) }] }];
  const module = new CompiledModule(g.graph, [x], entries);
  module.view(x).fill(1);
  return { module, size: sizeOf(shape), work: workOf(module.program, ENTRY, 'cpu') };
}

/** Measures one CPU thread. */
export function measureCpu(): Rates {
  const seconds = ({ module }: Probe, steps: number) => {
    const run = module.entry(ENTRY);
    run(steps);
    return fastest([1, 2, 3].map(() => timed(() => run(steps))));
  };
  const [small, memory, arithmetic] = [tiny(), wide(), dense()];
  const [one, many] = [seconds(small, 1), seconds(small, 20_001)];
  return {
    call: one,
    launch: Math.max(0, (many - one) / 20_000),
    flops: arithmetic.work.flops / seconds(arithmetic, 1),
    words: memory.work.words / (seconds(memory, 4) / 4),
  };
}

/** Measures a GPU. */
export async function measureGpu(programs: DevicePrograms): Promise<Rates> {
  const seconds = async ({ module, size }: Probe, steps: number) => {
    const entry = compileEntry(module.program, ENTRY, [{ offset: 0, size }]);
    if (isRefusal(entry)) throw new Error(entry.refusal);
    const loaded = programs.load([{ entry, memory: module.memory }]);
    await loaded.run(steps);
    const times: number[] = [];
    for (let i = 0; i < 3; i++) {
      const began = performance.now();
      await loaded.run(steps);
      times.push((performance.now() - began) / 1000);
    }
    return { spent: fastest(times), launches: steps * launchesOf(entry.single) };
  };
  // 1, 4 or 64 steps are one call each: the difference in time is the work of the additional steps.
  const [one, many] = [await seconds(tiny(), 1), await seconds(tiny(), 64)];
  const launch = Math.max(LEAST, (many.spent - one.spent) / (many.launches - one.launches));
  const stepOf = async (of: Probe) => {
    const [few, more] = [await seconds(of, 1), await seconds(of, 4)];
    return Math.max(LEAST, (more.spent - few.spent - (more.launches - few.launches) * launch) / 3);
  };
  const [memory, arithmetic] = [wide(), dense()];
  return {
    call: Math.max(LEAST, one.spent - one.launches * launch),
    launch,
    flops: arithmetic.work.flops / (await stepOf(arithmetic)),
    words: memory.work.words / (await stepOf(memory)),
  };
}

/** Lower bound in seconds, below the resolution of the clocks. */
const LEAST = 1e-9;

function timed(run: () => void): number {
  const began = performance.now();
  run();
  return (performance.now() - began) / 1000;
}

/** Disturbances only increase a measurement, so take the minimum. */
function fastest(times: number[]): number {
  return Math.max(LEAST, Math.min(...times));
}
