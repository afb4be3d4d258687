/**
 * One entry of a program on a graphics card: the states go up, any number of steps runs with everything resident, and the
 * new states come back. Recorded plans are kept for all programs with the same text: those of other seeds among them.
 */
import type { Program } from '../lower/kernels.ts';
import type { Device } from './device.ts';
import { DeviceProgram } from './plans.ts';
import { type PrintedProgram, printEntry, type Region } from './print.ts';

/** More constants than this become part of the plans: it costs plans of one's own, and saves uploads. */
const MOST_UPLOADED = 2 ** 18;
/** Names the program whose constants are part of its plans: one at a time, for they are large. */
const OWN = 'own';
/** Programs whose plans are kept. */
const KEPT = 12;

/** The plans of one device. */
export class DevicePrograms {
  private readonly kept = new Map<string, DeviceProgram>();

  /** @param mostUploaded constants up to here go up with each call */
  constructor(
    readonly device: Device,
    private readonly mostUploaded = MOST_UPLOADED,
  ) {}

  /** How GPU.js executes each plan that has run: `fused-encoder` is one launch a chunk. */
  executors(): string[] {
    return [...this.kept.values()].flatMap((program) => program.executors());
  }

  /** @throws NotOnGpu where the program needs what is not there */
  module(program: Program, entry: string, states: readonly Region[], memory: Float64Array): DeviceModule {
    const printed = printEntry(program, entry, states);
    const data = gather(printed, memory);
    const isPart = data.length > this.mostUploaded;
    const key = isPart ? OWN : JSON.stringify([printed.kernels, printed.states, printed.written]);
    if (isPart) this.drop(OWN);
    const known = this.kept.get(key) ?? new DeviceProgram(this.device, printed, isPart ? data : null);
    this.kept.delete(key);
    this.kept.set(key, known);
    for (const oldest of this.kept.keys()) if (this.kept.size > KEPT) this.drop(oldest);
    return new DeviceModule(known, printed, data, memory);
  }

  private drop(key: string): void {
    this.kept.get(key)?.destroy();
    this.kept.delete(key);
  }
}

/** All constants and tables of a program, one after the other. */
function gather({ parts: from }: PrintedProgram, memory: Float64Array): Float32Array {
  const parts = from.map((part) =>
    part.kind === 'table' ? part.values : memory.subarray(part.offset, part.offset + part.size),
  );
  const data = new Float32Array(
    Math.max(
      1,
      parts.reduce((size, part) => size + part.length, 0),
    ),
  );
  let at = 0;
  for (const part of parts) {
    data.set(part, at);
    at += part.length;
  }
  return data;
}

export class DeviceModule {
  private readonly data: Float32Array;

  constructor(
    private readonly program: DeviceProgram,
    private readonly printed: PrintedProgram,
    data: Float32Array,
    private readonly memory: Float64Array,
  ) {
    this.data = program.takesData ? data : new Float32Array(1);
  }

  /** Takes so many steps from the states in memory and puts the new ones there; if it fails, the old ones stay. */
  async run(times: number): Promise<void> {
    const { states, written } = this.printed;
    const { device } = this.program;
    const values = new Map<number, Float32Array>(
      states.map(({ offset, size }) => [offset, Float32Array.from(this.memory.subarray(offset, offset + size))]),
    );
    const data = device.input(this.data, [this.data.length]);
    for (let left = times; left > 0; ) {
      const steps = this.program.stepsOf(left);
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
