/** Compares two texts of a module, ignoring whitespace and comments. */
import { Analyzer } from './analyze.ts';
import { digestOf } from './fingerprint.ts';
import { toEnd } from './steps.ts';

/** Whether two texts of TypeScript or JavaScript are the same code. */
export function areSameCode(a: string, b: string): boolean {
  return a === b || digest(a) === digest(b);
}

const digest = (text: string) => digestOf(toEnd(new Analyzer().analyze(text)));
