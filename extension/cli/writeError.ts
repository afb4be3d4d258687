/** What is said where results cannot be written. */
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { reasonOf } from '../store/reasons.ts';
import { printableName } from './printable.ts';

/** Results cannot be written; the message is one line. */
export class WriteError extends Error {}

/** Where a file is written, these have other causes than where a store is. */
const reasons = {
  ENOENT: 'there is no such folder, and none can be made',
  ELOOP: 'its links go in a circle',
};

/** Not with `recursive`: there, Node never ends where a folder like /proc takes no other. */
export function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  mkdirSync(folder);
}

export function refused(path: string, why: string): WriteError {
  return new WriteError(`${printableName(path)} cannot be written: ${why}`);
}

/** @throws WriteError instead of what the file system says */
export function attempt<T>(path: string, use: () => T): T {
  try {
    return use();
  } catch (error) {
    if (error instanceof WriteError) throw error;
    throw refused(path, reasonOf(error, reasons));
  }
}
