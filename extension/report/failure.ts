import type { Fix } from '../lab/fixes.ts';

/** An error in the user's file, with its location. */
export interface Failure {
  /** `definition`: the file is wrong; `run`: a run failed; `load`: the file could not be loaded; `engine`: the engine ended. */
  kind: 'definition' | 'run' | 'load' | 'engine';
  message: string;
  /** How to fix it, or null. */
  hint: string | null;
  /** Absolute path; null if the failure has no location in a file. */
  file: string | null;
  /** From 1. */
  line: number;
  column: number;
  /** End of the faulty text (exclusive); null if only the start is known. */
  endLine: number | null;
  endColumn: number | null;
  experiment: string | null;
  /** Ways to mend it, the likeliest first. */
  fixes: readonly Fix[];
}
