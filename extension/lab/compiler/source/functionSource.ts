/** The source of a user's function: its text, its location, and the values of its free variables. */
import type { Place } from '../../errors.ts';

export interface FunctionSource {
  /** The result of `toString()`: the user's text with types stripped in place. */
  text: string;
  /** The start of the text; null if the function's file is unknown. */
  start: Place | null;
  /** `import.meta` of the function's module; null if the module is unknown. */
  meta: Record<string, unknown> | null;
  /** The value of a free variable in the function's scope; throws a ReferenceError if it is not defined. */
  resolve(name: string): unknown;
}

/** Any user function. */
export type UserFunction = (...parameters: never[]) => unknown;

/** Returns the source of a function. The lab does not access files: the loader of the lab file supplies the reader. */
export type FunctionReader = (fn: UserFunction) => FunctionSource;

/** Reads only the text; sufficient for functions that capture only globals. */
export const readTextOnly: FunctionReader = (fn) => ({
  text: fn.toString(),
  start: null,
  meta: null,
  resolve(name) {
    if (name in globalThis) return Reflect.get(globalThis, name);
    throw new ReferenceError(`${name} is not defined`);
  },
});
