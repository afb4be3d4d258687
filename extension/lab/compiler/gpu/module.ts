/**
 * One entry of a program on a graphics card: the states go up, any number of steps runs with everything resident, and the
 * new states come back. Recorded plans are kept for all programs with the same text: those of other seeds among them.
 */
import type { Program } from '../lower/kernels.ts';
import type { Device, DeviceKernel, DevicePlan, Handle } from './device.ts';
import { type PrintedProgram, printEntry, type Region } from './print.ts';
import { DATA } from './text.ts';

/** Steps that the longest plan takes; others take powers of two. */
const LONGEST_PLAN = 64;
/** Kernels that one launch runs, at most. */
const MOST_LAUNCHES = 2048;
/** Programs whose plans are kept. */
const KEPT = 12;

/** The plans of one device. */
export class DevicePrograms {
  private readonly kept = new Map<string, DeviceProgram>();

  constructor(readonly device: Device) {}

  /** How GPU.js executes each plan that has run: `fused-encoder` is one launch a chunk. */
  executors(): string[] {
    return [...this.kept.values()].flatMap((program) => program.executors());
  }

  /** @throws NotOnGpu where the program needs what is not there */
  module(program: Program, entry: string, states: readonly Region[], memory: Float64Array): DeviceModule {
    const printed = printEntry(program, entry, states);
    const key = JSON.stringify([printed.kernels, printed.states, printed.written]);
    const known = this.kept.get(key) ?? new DeviceProgram(this.device, printed);
    this.kept.delete(key);
    this.kept.set(key, known);
    for (const [oldest, { destroy }] of this.kept) {
      if (this.kept.size <= KEPT) break;
      destroy();
      this.kept.delete(oldest);
    }
    return new DeviceModule(known, printed, memory);
  }
}

/** The kernels of one text, and their plans by number of steps. */
class DeviceProgram {
  private readonly kernels: DeviceKernel[];
  private readonly plans = new Map<number, DevicePlan>();
  readonly longestPlan: number;

  constructor(
    readonly device: Device,
    private readonly printed: PrintedProgram,
  ) {
    this.kernels = printed.kernels.map(({ source, output, longestLoop }) =>
      device.createKernel(source, { output, loopMaxIterations: longestLoop }),
    );
    let longest = 1;
    while (2 * longest <= LONGEST_PLAN && 2 * longest * this.kernels.length <= MOST_LAUNCHES) longest *= 2;
    this.longestPlan = longest;
  }

  plan(steps: number): DevicePlan {
    const known = this.plans.get(steps) ?? this.device.createPipeline(this.recorder(steps));
    this.plans.set(steps, known);
    return known;
  }

  executors(): string[] {
    return [...this.plans.values()].map(({ pipeline }) => pipeline.executorKind);
  }

  readonly destroy = (): void => {
    for (const plan of this.plans.values()) void plan.destroy();
    for (const kernel of this.kernels) kernel.destroy();
  };

  /** Records the steps: each buffer of the program is whatever handle was made for it last. */
  private recorder(steps: number): (...inputs: Handle[]) => Handle[] {
    const { words, kernels, states, written } = this.printed;
    const record = (data: Handle, ...inputs: Handle[]) => {
      const buffers = new Map<number, Handle>([[DATA, data]]);
      states.forEach(({ offset }, i) => {
        buffers.set(offset, inputs[i]);
      });
      const current = (offset: number): Handle => {
        const handle = buffers.get(offset);
        if (!handle) throw new Error(`nothing has been computed at ${offset}`);
        return handle;
      };
      for (let step = 0; step < steps; step++) {
        const results: [number, Handle][] = [];
        kernels.forEach(({ inputs: reads, out, group }, i) => {
          const handle = this.kernels[i](...reads.map(current));
          // What one kernel of the program stores, its other parts do not see.
          if (out >= words) buffers.set(out, handle);
          else results.push([out, handle]);
          if (kernels[i + 1]?.group !== group) for (const [at, result] of results.splice(0)) buffers.set(at, result);
        });
      }
      return written.map(({ offset }) => current(offset));
    };
    // GPU.js hands over as many inputs as the function names.
    return Object.defineProperty(record, 'length', { value: states.length + 1 });
  }
}

export class DeviceModule {
  private readonly data: Float32Array;

  constructor(
    private readonly program: DeviceProgram,
    private readonly printed: PrintedProgram,
    private readonly memory: Float64Array,
  ) {
    const parts = printed.parts.map((part) =>
      part.kind === 'table' ? part.values : memory.subarray(part.offset, part.offset + part.size),
    );
    this.data = new Float32Array(
      Math.max(
        1,
        parts.reduce((size, part) => size + part.length, 0),
      ),
    );
    let at = 0;
    for (const part of parts) {
      this.data.set(part, at);
      at += part.length;
    }
  }

  /** Takes so many steps from the states in memory and puts the new ones there; if it fails, the old ones stay. */
  async run(times: number): Promise<void> {
    const { states, written } = this.printed;
    const { device, longestPlan } = this.program;
    const values = new Map<number, Float32Array>(
      states.map(({ offset, size }) => [offset, Float32Array.from(this.memory.subarray(offset, offset + size))]),
    );
    const data = device.input(this.data, [this.data.length]);
    for (let left = times; left > 0; ) {
      const steps = Math.min(longestPlan, 2 ** Math.floor(Math.log2(left)));
      const inputs = states.map(({ offset, size }) =>
        device.input(values.get(offset) ?? new Float32Array(size), [size]),
      );
      const results = await this.program.plan(steps)(data, ...inputs);
      written.forEach(({ offset, size }, i) => {
        values.set(offset, flat(results[i], size));
      });
      left -= steps;
    }
    for (const { offset } of written) this.memory.set(values.get(offset) ?? [], offset);
  }
}

/** GPU.js shapes what it reads back: rows of rows where the kernel had several axes. */
function flat(values: ArrayLike<number> | ArrayLike<ArrayLike<number>>, size: number): Float32Array {
  if (values instanceof Float32Array) return values;
  const out = new Float32Array(size);
  let at = 0;
  const add = (part: ArrayLike<number> | ArrayLike<ArrayLike<number>> | number) => {
    if (typeof part === 'number') out[at++] = part;
    else for (let i = 0; i < part.length; i++) add(part[i]);
  };
  add(values);
  return out;
}
