/**
 * One entry of a program on a GPU, for one run or for several side by side: the states are uploaded, any number of steps
 * runs with all data resident, and the new states are read back. Recorded plans are cached by program text, which runs
 * that differ only in their seed share.
 */
import type { GpuEntry } from './backend.ts';
import type { Device, DeviceInput } from './device.ts';
import { DeviceProgram, type PlanData } from './plans.ts';
import type { Region } from './text.ts';

/** More constants than this become part of the plans: such plans serve one batch only, and save uploads. */
const MAX_UPLOADED = 2 ** 18;
/** Cache key of the program whose constants are part of its plans: only one is kept, because they are large. */
const EMBEDDED = 'embedded';
/** Programs whose plans are cached. */
const KEPT = 12;

/** One of the runs that a program advances at once. */
export interface DeviceRun {
  entry: GpuEntry;
  /** Its arena. */
  memory: Float64Array;
}

/** The plans of one device. */
export class DevicePrograms {
  private readonly kept = new Map<string, DeviceProgram>();
  private failure: string | null = null;

  /** @param maxUploaded up to this many constants are uploaded with each call */
  constructor(
    readonly device: Device,
    private readonly maxUploaded = MAX_UPLOADED,
  ) {}

  /** Why the device can no longer be used; null as long as it works. */
  get lost(): string | null {
    return this.failure;
  }

  /** After a failure: tests whether the device still works, and gives it up if not. */
  async examine(reason: string): Promise<void> {
    const one = new Float32Array([1]);
    try {
      const kernel = this.device.createKernel('function (a) { return a[this.thread.x] + 1; }', {
        output: [1],
        loopMaxIterations: 1,
      });
      const plan = this.device.createPipeline((a) => [kernel(a)]);
      const [sum] = await plan(this.device.input(one, [1]));
      if (sum[0] !== 2) this.failure ??= reason;
      void plan.destroy();
      kernel.destroy();
    } catch {
      this.failure ??= reason;
    }
  }

  /** How GPU.js executes each plan that has run: `fused-encoder` is one launch a chunk. */
  executors(): string[] {
    return [...this.kept.values()].flatMap((program) => program.executors());
  }

  /**
   * Loads an entry for some runs.
   * @param runs their batched entries have equal text
   */
  load(runs: readonly DeviceRun[]): DeviceModule {
    const isSingle = runs.length === 1;
    const printed = runs.map(({ entry }) => (isSingle ? entry.single : entry.batched));
    const [first] = printed;
    const memories = runs.map(({ memory }) => memory);
    const data = {
      constants: gather(memories, first.constants),
      tables: joined(printed.flatMap(({ tables }) => tables)),
    };
    const isPart = data.constants.length + data.tables.length > this.maxUploaded;
    const key = isPart ? EMBEDDED : `${runs.length} ${first.text}`;
    if (isPart) this.drop(EMBEDDED);
    const known = this.kept.get(key) ?? new DeviceProgram(this.device, first, runs.length, isPart ? data : null);
    this.kept.delete(key);
    this.kept.set(key, known);
    for (const oldest of this.kept.keys()) if (this.kept.size > KEPT) this.drop(oldest);
    return new DeviceModule(known, data, memories);
  }

  private drop(key: string): void {
    this.kept.get(key)?.destroy();
    this.kept.delete(key);
  }
}

/** The given regions of each run's memory, concatenated run by run; never empty. */
function gather(memories: readonly Float64Array[], regions: readonly Region[]): Float32Array {
  const size = regions.reduce((sum, region) => sum + region.size, 0);
  const values = new Float32Array(Math.max(1, memories.length * size));
  let at = 0;
  for (const memory of memories) {
    for (const region of regions) {
      values.set(memory.subarray(region.offset, region.offset + region.size), at);
      at += region.size;
    }
  }
  return values;
}

/** All tables, concatenated; never empty. */
function joined(tables: readonly Int32Array[]): Float32Array {
  const values = new Float32Array(
    Math.max(
      1,
      tables.reduce((size, table) => size + table.length, 0),
    ),
  );
  let at = 0;
  for (const table of tables) {
    values.set(table, at);
    at += table.length;
  }
  return values;
}

export class DeviceModule {
  private readonly data: DeviceInput[];

  constructor(
    private readonly program: DeviceProgram,
    { constants, tables }: PlanData,
    private readonly memories: readonly Float64Array[],
  ) {
    const none = new Float32Array(1);
    this.data = [constants, tables].map((values) => {
      const brought = program.takesData ? values : none;
      return program.device.input(brought, [brought.length]);
    });
  }

  /** Takes `times` steps from the states in memory and writes the new ones there; if it fails, the old ones remain. */
  async run(times: number): Promise<void> {
    const { program, memories } = this;
    const { states, written } = program.printed;
    const values = new Map<number, Float32Array>(states.map((region) => [region.offset, gather(memories, [region])]));
    for (let left = times; left > 0; ) {
      const steps = program.stepsOf(left);
      const inputs = states.map(({ offset }) => {
        const value = values.get(offset) ?? new Float32Array();
        return program.device.input(value, [value.length]);
      });
      const results = await program.plan(steps)(...this.data, ...inputs);
      written.forEach(({ offset, size }, i) => {
        values.set(offset, flat(results[i], size * memories.length));
      });
      left -= steps;
    }
    for (const { offset, size } of written) {
      const value = values.get(offset) ?? new Float32Array();
      memories.forEach((memory, run) => {
        memory.set(value.subarray(run * size, (run + 1) * size), offset);
      });
    }
  }
}

type Nested = ArrayLike<number> | ArrayLike<Nested>;

/** Flattens what GPU.js reads back: nested rows if the kernel had several axes. */
function flat(values: Nested, size: number): Float32Array {
  if (values instanceof Float32Array) return values;
  const out = new Float32Array(size);
  let at = 0;
  const add = (part: Nested | number) => {
    if (typeof part === 'number') out[at++] = part;
    else if (part instanceof Float32Array) {
      out.set(part, at);
      at += part.length;
    } else for (let i = 0; i < part.length; i++) add(part[i]);
  };
  add(values);
  return out;
}
