/** Compares two texts of a module, ignoring whitespace and comments. */
import { Analyzer } from './analyze.ts';
import { digestOutside } from './fingerprint.ts';
import { type Steps, toEnd } from './steps.ts';

/** Whether two texts of TypeScript or JavaScript are the same code. */
export function areSameCode(a: string, b: string): boolean {
  return a === b || digest(a) === digest(b);
}

const digest = (text: string) => toEnd(readCode(text)).digest;

/** What is compared of a text. */
export interface Code {
  /** The same for texts that are the same code. */
  digest: string;
  /** Whether it has no syntax error. */
  isComplete: boolean;
}

export function* readCode(text: string): Steps<Code> {
  const analysis = yield* new Analyzer().analyze(text);
  return { digest: yield* digestOutside(analysis, []), isComplete: analysis.complete };
}
