/** What is stored of an experiment. */
import type { ExperimentView } from './view.ts';

/** A file as it was written. */
export interface SourceText {
  file: string;
  text: string;
}

/** A data file that was read. */
export interface DataFile {
  file: string;
  /** SHA-256 of its bytes, in hexadecimal digits. */
  hash: string;
}

export interface Recalled {
  view: ExperimentView;
  /** The texts with which it ran, the lab file first. Paths are relative to the folder of the lab file. */
  sources: SourceText[];
  /** The data files that it read. Paths are relative to the folder of the lab file. */
  data: DataFile[];
}
