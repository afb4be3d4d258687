/** The source of a user's function: its own text, where it stands, and the values that its free names have. */
import type { Place } from '../../errors.ts';

export interface FunctionSource {
  /** What `toString()` gives: the user's text, types stripped in place. */
  text: string;
  /** Where the text begins; null where the function's file is not known. */
  start: Place | null;
  /** What `import.meta` is in the function's module; null where it is in none that is known. */
  meta: Record<string, unknown> | null;
  /** The value that a free name has in the function's scope; throws a ReferenceError where there is none. */
  resolve(name: string): unknown;
}

/** Any function of the user's. */
export type UserFunction = (...parameters: never[]) => unknown;

/** Reads functions. The lab knows no files: who loads the user's file supplies it. */
export type FunctionReader = (fn: UserFunction) => FunctionSource;

/** Reads the text alone: enough for functions that capture nothing but globals. */
export const readTextOnly: FunctionReader = (fn) => ({
  text: fn.toString(),
  start: null,
  meta: null,
  resolve(name) {
    if (name in globalThis) return Reflect.get(globalThis, name);
    throw new ReferenceError(`${name} is not defined`);
  },
});
