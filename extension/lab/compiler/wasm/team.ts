/** Threads that share the long kernels of one program. */

/** A program whose memory all threads see. */
export interface SharedProgram {
  memory: WebAssembly.Memory;
  /** That of a thread, from 0: the functions of shared work under their numbers, with (argument, first row, end). */
  moduleOf(thread: number): WebAssembly.Module;
  /** Rows of a part, by the number of the function. */
  heights: readonly number[];
}

/** Computes all rows of a function; returns when they are done. */
export type Share = (number: number, argument: number, rows: number) => void;

export interface Team {
  /** How many threads there are at most, the caller included. */
  readonly most: number;
  open(program: SharedProgram): Share;
}
