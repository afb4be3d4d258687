/** Data files of the user's. The lab touches no file system: who loads the user's file supplies the reader. */
import { DefinitionError, type Origin } from './errors.ts';

/**
 * Reads a file that the user names.
 * @param path as the user wrote it, relative to the lab file
 * @param from the call that asks for it
 * @throws DefinitionError where there is no such file
 */
export type FileReader = (path: string, from: Origin) => Uint8Array;

let reader: FileReader | null = null;

/** Supplies the reader for all that follows. */
export function provideFiles(read: FileReader): void {
  reader = read;
}

/** @throws DefinitionError where there is no such file, or nobody who could read it */
export function readFile(path: string, from: Origin): Uint8Array {
  if (reader === null) throw new DefinitionError('files can be read in lab files alone: give the data as arrays');
  return reader(path, from);
}
