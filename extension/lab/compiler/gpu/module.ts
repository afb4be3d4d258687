/**
 * One entry of a program on a graphics card, for one run or for several side by side: the states go up, any number of
 * steps runs with everything resident, and the new states come back. Recorded plans are kept for all programs with the
 * same text: those of other seeds among them.
 */
import type { Device, DeviceInput } from './device.ts';
import { DeviceProgram, type PlanData } from './plans.ts';
import type { PrintedProgram } from './print.ts';
import type { Region } from './text.ts';

/** More constants than this become part of the plans: it costs plans of one's own, and saves uploads. */
const MOST_UPLOADED = 2 ** 18;
/** Names the program whose constants are part of its plans: one at a time, for they are large. */
const OWN = 'own';
/** Programs whose plans are kept. */
const KEPT = 12;

/** One of the runs that a program trains at once. */
export interface DeviceMember {
  printed: PrintedProgram;
  /** Its arena. */
  memory: Float64Array;
}

/** The plans of one device. */
export class DevicePrograms {
  private readonly kept = new Map<string, DeviceProgram>();
  private failure: string | null = null;

  /** @param mostUploaded constants up to here go up with each call */
  constructor(
    readonly device: Device,
    private readonly mostUploaded = MOST_UPLOADED,
  ) {}

  /** Why the device is of no more use; null as long as it works. */
  get lost(): string | null {
    return this.failure;
  }

  /** After a failure: finds out whether the device still works, and gives it up where it does not. */
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

  /** @param members what each run brings; their programs have one text */
  module(members: readonly DeviceMember[]): DeviceModule {
    const [{ printed }] = members;
    const data = {
      constants: gather(members, printed.constants),
      tables: joined(members.flatMap((member) => member.printed.tables)),
    };
    const isPart = data.constants.length + data.tables.length > this.mostUploaded;
    const key = isPart ? OWN : `${members.length} ${printed.text}`;
    if (isPart) this.drop(OWN);
    const known = this.kept.get(key) ?? new DeviceProgram(this.device, printed, members.length, isPart ? data : null);
    this.kept.delete(key);
    this.kept.set(key, known);
    for (const oldest of this.kept.keys()) if (this.kept.size > KEPT) this.drop(oldest);
    return new DeviceModule(known, data, members);
  }

  private drop(key: string): void {
    this.kept.get(key)?.destroy();
    this.kept.delete(key);
  }
}

/** The same regions of each run's memory, run after run; never empty. */
function gather(members: readonly DeviceMember[], regions: readonly Region[]): Float32Array {
  const size = regions.reduce((sum, region) => sum + region.size, 0);
  const values = new Float32Array(Math.max(1, members.length * size));
  let at = 0;
  for (const { memory } of members) {
    for (const region of regions) {
      values.set(memory.subarray(region.offset, region.offset + region.size), at);
      at += region.size;
    }
  }
  return values;
}

/** All tables, one after the other; never empty. */
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
    private readonly members: readonly DeviceMember[],
  ) {
    const none = new Float32Array(1);
    this.data = [constants, tables].map((values) => {
      const brought = program.takesData ? values : none;
      return program.device.input(brought, [brought.length]);
    });
  }

  /** Takes so many steps from the states in memory and puts the new ones there; if it fails, the old ones stay. */
  async run(times: number): Promise<void> {
    const { program, members } = this;
    const { states, written } = members[0].printed;
    const values = new Map<number, Float32Array>(states.map((region) => [region.offset, gather(members, [region])]));
    for (let left = times; left > 0; ) {
      const steps = program.stepsOf(left);
      const inputs = states.map(({ offset }) => {
        const value = values.get(offset) ?? new Float32Array();
        return program.device.input(value, [value.length]);
      });
      const results = await program.plan(steps)(...this.data, ...inputs);
      written.forEach(({ offset, size }, i) => {
        values.set(offset, flat(results[i], size * members.length));
      });
      left -= steps;
    }
    for (const { offset, size } of written) {
      const value = values.get(offset) ?? new Float32Array();
      members.forEach(({ memory }, run) => {
        memory.set(value.subarray(run * size, (run + 1) * size), offset);
      });
    }
  }
}

type Nested = ArrayLike<number> | ArrayLike<Nested>;

/** GPU.js shapes what it reads back: rows of rows where the kernel had several axes. */
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
