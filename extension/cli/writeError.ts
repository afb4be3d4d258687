/** What is said where results cannot be written. */
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { printableName } from './printable.ts';

/** Results cannot be written; the message is one line. */
export class WriteError extends Error {}

const reasons: Partial<Record<string, string>> = {
  EACCES: 'permission is missing',
  EPERM: 'permission is missing',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be too large',
  ENOTDIR: 'a file is in the way',
  EEXIST: 'a file is in the way',
  EISDIR: 'a folder is in the way',
  ENOENT: 'there is no such folder, and none can be made',
  ENAMETOOLONG: 'the name is too long',
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
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw refused(path, reasons[code] ?? message);
  }
}
