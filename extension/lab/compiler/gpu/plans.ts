/** The recorded plans of one printed program: whole chunks of steps, each chunk one launch. */
import type { Device, DeviceKernel, DevicePlan, Handle } from './device.ts';
import type { PrintedProgram } from './print.ts';
import { DATA } from './text.ts';

/** Steps that the longest plan takes; the others take powers of {@link BASE}. */
const LONGEST_PLAN = 64;
const BASE = 4;
/** Kernels that one launch runs, at most. */
const MOST_LAUNCHES = 2048;

/** The kernels of one text, and their plans by number of steps. */
export class DeviceProgram {
  private readonly kernels: DeviceKernel[];
  private readonly plans = new Map<number, DevicePlan>();
  private copy: DeviceKernel | null = null;
  private readonly longestPlan: number;

  constructor(
    readonly device: Device,
    private readonly printed: PrintedProgram,
    /** Constants that are part of the plans; null where each call brings them. */
    private readonly data: Float32Array | null,
  ) {
    this.kernels = printed.kernels.map(({ source, output, longestLoop }) =>
      device.createKernel(source, { output, loopMaxIterations: longestLoop }),
    );
    let longest = 1;
    while (BASE * longest <= LONGEST_PLAN && BASE * longest * this.kernels.length <= MOST_LAUNCHES) longest *= BASE;
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
    for (const kernel of this.kernels) kernel.destroy();
    this.copy?.destroy();
  }

  /** Records how the plan's own constants come into a buffer that all of its kernels read. */
  private ownData(): Handle | null {
    if (this.data === null) return null;
    const size = [this.data.length];
    this.copy ??= this.device.createKernel('function (data) { return data[this.thread.x]; }', {
      output: size,
      loopMaxIterations: 1,
    });
    return this.copy(this.device.input(this.data, size));
  }

  /** Records the steps: each buffer of the program is whatever handle was made for it last. */
  private recorder(steps: number): (...inputs: Handle[]) => Handle[] {
    const { words, kernels, states, written } = this.printed;
    const record = (brought: Handle, ...inputs: Handle[]) => {
      const buffers = new Map<number, Handle>([[DATA, this.ownData() ?? brought]]);
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
