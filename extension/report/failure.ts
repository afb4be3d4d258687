/** Something that went wrong in the user's file, at its place. */
export interface Failure {
  /** `definition`: the file is wrong; `run`: a run failed; `load`: the file could not be loaded; `engine`: the engine ended. */
  kind: 'definition' | 'run' | 'load' | 'engine';
  message: string;
  /** What to do about it, or null. */
  hint: string | null;
  /** Absolute path; null where no place in a file is to blame. */
  file: string | null;
  /** From 1. */
  line: number;
  column: number;
  /** End of the blamed text (exclusive), null where only the start is known. */
  endLine: number | null;
  endColumn: number | null;
  experiment: string | null;
}
