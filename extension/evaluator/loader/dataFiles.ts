/** Reads the data files used by a lab file, and remembers what they held. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DefinitionError } from '../../lab/errors.ts';
import type { DataFile, SourceText } from '../../report/recalled.ts';

export class DataFiles {
  private readonly hashes = new Map<string, string>();
  private unsaved: ReadonlyMap<string, string> = new Map();

  /** What was read, with absolute paths. */
  get read(): DataFile[] {
    return [...this.hashes].map(([file, hash]) => ({ file, hash }));
  }

  /** Texts that are read in place of what the disk has, from now on. */
  replace(unsaved: readonly SourceText[]): void {
    this.unsaved = new Map(unsaved.map(({ file, text }) => [file, text]));
  }

  /**
   * @param path relative to the lab file's folder
   * @throws DefinitionError if the file cannot be read
   */
  bytes(path: string, labFile: string | null): Uint8Array {
    const folder = labFile === null ? process.cwd() : dirname(labFile);
    const file = resolve(folder, path);
    try {
      const text = this.unsaved.get(file);
      const bytes = text === undefined ? readFileSync(file) : new TextEncoder().encode(text);
      this.hashes.set(file, createHash('sha256').update(bytes).digest('hex'));
      return bytes;
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
}
