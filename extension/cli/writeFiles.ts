/** Writes files of results, each at once: none is ever seen half-written. */
import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { attempt, makeFolder, refused } from './writeError.ts';

export interface NewFile {
  name: string;
  /** The bytes, in pieces. */
  pieces: Iterable<Uint8Array>;
}

/**
 * Makes a folder where it is missing.
 * @throws WriteError if files cannot be written into it
 */
export function prepareFolder(folder: string): void {
  attempt(folder, () => {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
  });
}

/**
 * Writes files into a folder that is there. Earlier files of these names are replaced once all new
 * ones are written.
 * @throws WriteError if one cannot be written; earlier files are then as they were
 */
export function writeFiles(folder: string, files: readonly NewFile[]): void {
  const temporary = (name: string) => path.join(folder, `.${name}.${process.pid}.tmp`);
  try {
    for (const { name, pieces } of files) {
      const file = path.join(folder, name);
      requirePlain(file);
      attempt(file, () => writeNew(temporary(name), pieces));
    }
    for (const { name } of files) {
      const file = path.join(folder, name);
      attempt(file, () => renameSync(temporary(name), file));
    }
  } catch (error) {
    for (const { name } of files) rmSync(temporary(name), { force: true });
    throw error;
  }
}

/** Nothing is written through a link. */
function requirePlain(file: string): void {
  const stats = attempt(file, () => lstatSync(file, { throwIfNoEntry: false }));
  if (stats && !stats.isFile()) throw refused(file, stats.isDirectory() ? 'a folder is in the way' : 'it is a link');
}

function writeNew(file: string, pieces: Iterable<Uint8Array>): void {
  const descriptor = openSync(file, 'wx');
  try {
    for (const piece of pieces) writeAll(descriptor, piece);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Appends bytes, all of them. */
export function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
}
