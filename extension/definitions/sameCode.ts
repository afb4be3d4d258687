/** What of a module is compared: its code, without whitespace and comments. */
import { Analyzer } from './analyze.ts';
import { digestOutside } from './fingerprint.ts';
import type { Steps } from './steps.ts';

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
