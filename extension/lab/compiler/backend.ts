/**
 * The contract of the back ends. All of them compile the same lowered programs, but into executables of different kinds: a
 * CPU runs an entry within the call, while a GPU advances many runs at once and answers later. So the interface is generic
 * in the executable, and each of the two families, {@link CpuBackend} here and the GPU's in `gpu/backend.ts`, defines its
 * own.
 */
import type { Program } from './lower/kernels.ts';

/** @typeParam Executable what a program becomes */
export interface Backend<Executable> {
  /** As reported in results; unique among back ends. */
  readonly name: string;
  /** The number format of its memory and arithmetic. */
  readonly precision: 'float64' | 'float32';
  readonly capabilities: Capabilities;
  /** Compiles a program, or says why it cannot, for example that the program is too large. */
  compile(program: Program): Executable | Refusal;
}

export interface Capabilities {
  /** Whether a call has done its work when it returns; otherwise it returns a promise. */
  readonly isSynchronous: boolean;
  /** Runs of one program that a call advances side by side. */
  readonly maxRuns: number;
}

/** Why something cannot be compiled or run, for people. */
export interface Refusal {
  readonly refusal: string;
}

export function isRefusal(answer: object): answer is Refusal {
  return 'refusal' in answer;
}

/** One entry of a program: runs it `times` times. */
export type Run = (times: number) => void;

/** A program with memory of its own, for one run. */
export interface CpuExecutable {
  /** The program's arena, of at least `program.words` zeros; whatever the entries compute is found here. */
  readonly memory: Float64Array;
  /** By name. */
  readonly entries: Readonly<Record<string, Run>>;
}

/** The back ends for a program, in order of preference. */
export type ChooseBackends = (program: Program) => readonly CpuBackend[];

/** In float64, within the call, one run at a time. */
export interface CpuBackend extends Backend<CpuExecutable> {
  readonly precision: 'float64';
  readonly capabilities: { readonly isSynchronous: true; readonly maxRuns: 1 };
}
