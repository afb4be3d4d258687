/**
 * Lets V8 use baseline-compiled code from the first call, because interpreted code dominates the time of very short
 * runs.
 */
import { setFlagsFromString } from 'node:v8';

/** Makes V8 compile functions (without optimization) on their first call, in all threads of the process. */
export function compileEarly(): void {
  setFlagsFromString('--always-sparkplug');
}
