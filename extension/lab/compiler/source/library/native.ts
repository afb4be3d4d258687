import type * as acorn from 'acorn';
import type { Frame } from '../frame.ts';

/** A call of one of the language's own functions. */
export interface NativeCall {
  frame: Frame;
  at: acorn.Node;
  receiver: unknown;
  values: unknown[];
  /** The expression of an argument, for errors about it. */
  written(position: number): acorn.Node;
}

/** What a function of the language does with values that may be traced. */
export type Native = (call: NativeCall) => unknown;
