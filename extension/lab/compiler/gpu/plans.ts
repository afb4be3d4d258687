/** The recorded plans of one printed program: whole chunks of steps, each chunk one launch. */
import type { Device, DeviceKernel, DevicePlan, Handle } from './device.ts';
import type { PrintedProgram } from './print.ts';
import { DATA, TABLES } from './text.ts';

/** Steps that the longest plan takes; the others take powers of {@link BASE}. */
const LONGEST_PLAN = 64;
const BASE = 4;
/** Most kernels in one launch. */
const MAX_LAUNCHES = 2048;

/** Constants and tables of a plan. */
export interface PlanData {
  /** Of all runs, one after the other. */
  constants: Float32Array;
  tables: Float32Array;
}

/** The kernels of one program text for a number of runs, and their plans by number of steps. */
export class DeviceProgram {
  private readonly kernels: DeviceKernel[];
  private readonly plans = new Map<number, DevicePlan>();
  private readonly copies: DeviceKernel[] = [];
  private readonly longestPlan: number;

  constructor(
    readonly device: Device,
    readonly printed: PrintedProgram,
    runs: number,
    /** Constants and tables that are part of the plans; null where each call brings them. */
    private readonly data: PlanData | null,
  ) {
    const made = new Map<string, DeviceKernel>();
    this.kernels = printed.kernels.map(({ source, output: threads, longestLoop }) => {
      const output = printed.runs === 'one run' ? threads : forRuns(threads, runs);
      const key = `${output} ${source}`;
      const kernel = made.get(key) ?? device.createKernel(source, { output, loopMaxIterations: longestLoop });
      made.set(key, kernel);
      return kernel;
    });
    let longest = 1;
    while (BASE * longest <= LONGEST_PLAN && BASE * longest * this.kernels.length <= MAX_LAUNCHES) longest *= BASE;
    this.longestPlan = longest;
  }

  /** Whether each call brings the constants. */
  get takesData(): boolean {
    return this.data === null;
  }

  /** The steps of the longest plan that takes no more than `left`. */
  stepsOf(left: number): number {
    let steps = this.longestPlan;
    while (steps > left) steps /= BASE;
    return steps;
  }

  plan(steps: number): DevicePlan {
    const known = this.plans.get(steps) ?? this.device.createPipeline(this.recorder(steps));
    this.plans.set(steps, known);
    return known;
  }

  executors(): string[] {
    return [...this.plans.values()].map(({ pipeline }) => pipeline.executorKind);
  }

  destroy(): void {
    for (const plan of this.plans.values()) void plan.destroy();
    for (const kernel of new Set(this.kernels)) kernel.destroy();
    for (const copy of this.copies) copy.destroy();
  }

  /** Records how the plan's own data come into a buffer that all of its kernels read. */
  private own(values: Float32Array): Handle {
    const size = [values.length];
    const copy = this.device.createKernel('function (data) { return data[this.thread.x]; }', {
      output: size,
      loopMaxIterations: 1,
    });
    this.copies.push(copy);
    return copy(this.device.input(values, size));
  }

  /** Records the steps: each buffer of the program is whatever handle was made for it last. */
  private recorder(steps: number): (...inputs: Handle[]) => Handle[] {
    const { words, kernels, states, written } = this.printed;
    const [hasConstants, hasTables] = [this.printed.constants.length > 0, this.printed.tables.length > 0];
    const record = (constants: Handle, tables: Handle, ...inputs: Handle[]) => {
      const buffers = new Map<number, Handle>([
        [DATA, this.data && hasConstants ? this.own(this.data.constants) : constants],
        [TABLES, this.data && hasTables ? this.own(this.data.tables) : tables],
      ]);
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
        kernels.forEach(({ inputs: reads, out, group, pass }, i) => {
          const handle = this.kernels[i](...reads.map(current), ...(pass === null ? [] : [pass]));
          // What one kernel of the program stores, its other parts do not see.
          if (out >= words) buffers.set(out, handle);
          else results.push([out, handle]);
          if (kernels[i + 1]?.group !== group) for (const [at, result] of results.splice(0)) buffers.set(at, result);
        });
      }
      return written.map(({ offset }) => current(offset));
    };
    // GPU.js hands over as many inputs as the function names.
    return Object.defineProperty(record, 'length', { value: states.length + 2 });
  }
}

/** The axes of a kernel for several runs: an additional one, or a longer third one. */
function forRuns(output: readonly number[], runs: number): number[] {
  return output.length < 3 ? [...output, runs] : [output[0], output[1], output[2] * runs];
}
