/** The user's data files. The lab does not access the file system: the loader of the lab file supplies the reader. */
import { DefinitionError, type Origin } from './errors.ts';

/**
 * Reads a file named by the user.
 * @param path as the user wrote it, relative to the lab file
 * @param from the call that needs the file
 * @throws DefinitionError if the file does not exist
 */
export type FileReader = (path: string, from: Origin) => Uint8Array;

let reader: FileReader | null = null;

/** Sets the reader for all later calls. */
export function provideFiles(read: FileReader): void {
  reader = read;
}

/** @throws DefinitionError if the file does not exist or no reader is set */
export function readFile(path: string, from: Origin): Uint8Array {
  if (reader === null) throw new DefinitionError('files can only be read from lab files: pass the data as arrays');
  return reader(path, from);
}
