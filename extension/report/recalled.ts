/** What is stored of an experiment. */
import type { ExperimentView } from './view.ts';

/** A file as it was written. */
export interface SourceText {
  file: string;
  text: string;
}

export interface Recalled {
  view: ExperimentView;
  /** The texts with which it ran, the lab file first. Paths are relative to the folder of the lab file. */
  sources: SourceText[];
}
