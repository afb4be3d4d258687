/**
 * What the lab needs of GPU.js. The engine finds an adapter, loads GPU.js and hands over an object of this form, so
 * that the lab itself touches neither packages nor globals.
 */

/** A value on the device while a plan is recorded: it can only be handed to kernels and returned. */
export interface Handle {
  readonly onDevice: unique symbol;
}

/** An array with its dimensions, as GPU.js takes it. */
export interface DeviceInput {
  readonly value: Float32Array;
}

/** A kernel: called while a plan is recorded, it adds itself to the plan. An array or a number given here becomes part of the plan. */
export interface DeviceKernel {
  (...inputs: (Handle | DeviceInput | number)[]): Handle;
  destroy(): void;
}

/** A recorded plan: uploads its inputs, runs all its kernels in one launch, and reads back once. */
export interface DevicePlan {
  (...inputs: DeviceInput[]): Promise<ArrayLike<number>[]>;
  readonly pipeline: { readonly executorKind: string; readonly fallbackReason: string | null };
  destroy(): Promise<void>;
}

export interface KernelSettings {
  /** Threads along x, y and z. */
  output: number[];
  /** The bound of loops whose length is not known when the kernel is built. */
  loopMaxIterations: number;
}

export interface Device {
  /** What it is, for people. */
  readonly name: string;
  /** Whether it is an emulation on the CPU. */
  readonly isSoftware: boolean;
  /** @param source a function's text, in the subset of JavaScript that GPU.js translates */
  createKernel(source: string, settings: KernelSettings): DeviceKernel;
  /** @param record called once with one handle for each input; returns what is to be read back */
  createPipeline(record: (...inputs: Handle[]) => Handle[]): DevicePlan;
  input(value: Float32Array, size: number[]): DeviceInput;
}
