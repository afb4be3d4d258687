import type * as acorn from 'acorn';
import type { Frame } from '../frame.ts';

/** A call of a built-in function. */
export interface NativeCall {
  frame: Frame;
  at: acorn.Node;
  receiver: unknown;
  values: unknown[];
  /** The expression of an argument, for error locations. */
  written(position: number): acorn.Node;
}

/** The implementation of a built-in function for values that may be traced. */
export type Native = (call: NativeCall) => unknown;
