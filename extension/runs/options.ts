/** What the service of runs needs from its surroundings. */
import type { DataFile, SourceText } from '../report/recalled.ts';
import type { Engine, RunSettings } from './engine.ts';

export interface RunServiceOptions {
  /** The engine that runs the experiments of a file. */
  engineFor(file: string): Engine;
  settings(file: string): RunSettings;
  /** Called before a file runs, for example to save it; returning false cancels the run. */
  prepare(file: string): boolean | Promise<boolean>;
  /** The texts of editors with unsaved changes: they run in place of what the disk has. */
  unsaved(): SourceText[];
  /** Called with what an experiment that runs now is made of besides its file, with absolute paths. */
  onDepends?(file: string, experiment: string, made: { sources: SourceText[]; data: DataFile[] }): void;
  /** Called with what a line of a file prints while a lab file runs. */
  onPrinted?(labFile: string, printed: { file: string; line: number; text: string }): void;
}
