/** Compiled code from the first call on: of a run that takes milliseconds, interpreted code would be a good part. */
import { setFlagsFromString } from 'node:v8';

/** V8 then compiles functions, without optimizing them, when they are first called. For all threads of the process. */
export function compileEarly(): void {
  setFlagsFromString('--always-sparkplug');
}
