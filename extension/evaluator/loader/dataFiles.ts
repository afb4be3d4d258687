/** Reads the data files used by a lab file. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DefinitionError } from '../../lab/errors.ts';

/**
 * @param path relative to the lab file's folder
 * @throws DefinitionError if the file cannot be read
 */
export function readDataFile(path: string, labFile: string | null): Uint8Array {
  const folder = labFile === null ? process.cwd() : dirname(labFile);
  try {
    return readFileSync(resolve(folder, path));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      throw new DefinitionError(`there is no file '${path}'`, {
        hint: `Paths are relative to this file's folder, ${folder}.`,
      });
    }
    throw new DefinitionError(`'${path}' cannot be read: ${code === 'EISDIR' ? 'it is a folder' : message}`);
  }
}
