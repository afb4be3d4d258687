/** Code as functions of a module. */
import type { Code, Functions } from './code.ts';
import { encodeModule, i32, type WasmFunction } from './encoder.ts';

/** A function whose parameters are integers and which returns nothing. */
export function functionOf({ parameterCount, locals, bytes }: Code): WasmFunction {
  return { parameters: new Array<typeof i32>(parameterCount).fill(i32), results: [], locals, code: bytes };
}

/** For code that calls no other function. */
export const alone: Functions = {
  add: () => {
    throw new Error('this code is a single function');
  },
};

/** A module of functions that stand alone, exported under their names. */
export function encodeAlone(functions: Readonly<Record<string, Code>>): Uint8Array<ArrayBuffer> {
  const exported = Object.entries(functions).map(([name, code]) => ({ ...functionOf(code), exported: name }));
  return encodeModule([], exported);
}
