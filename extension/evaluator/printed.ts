/** Tells what user code prints on the console, and which line does. */
import { format } from 'node:util';
import { userFrame } from './frames.ts';
import type { Printed } from './protocol.ts';

const METHODS = ['log', 'info', 'debug', 'warn', 'error'] as const;

/** Lines that are told of one file; a loop may print without end. */
const MOST = 1000;
/** Longest text, in characters. */
const LONGEST = 300;

/** Everything is printed as before, too. */
export function tellPrinted(tell: (printed: Printed) => void): void {
  let left = MOST;
  for (const method of METHODS) {
    const print = console[method];
    console[method] = (...values: unknown[]) => {
      print.apply(console, values);
      if (left <= 0) return;
      const place = userFrame(new Error().stack ?? '');
      if (!place) return;
      left--;
      tell({ file: place.file, line: place.line, text: format(...values).slice(0, LONGEST) });
    };
  }
}
