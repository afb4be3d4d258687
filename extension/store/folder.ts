/** The folder of a store. Nothing is read or written through a link in its place. */
import { closeSync, fsyncSync, lstatSync, mkdirSync, openSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { codeOf, Unusable } from './reasons.ts';

/**
 * Whether a folder is there.
 * @param base links from there up are the user's own; one below, on the way to the folder, is refused
 * @throws Unusable if something else is in its place
 */
export function folderIsThere(folder: string, base: string = dirname(folder)): boolean {
  let reached = base;
  for (const part of relative(base, folder).split(sep)) {
    reached = join(reached, part);
    const found = lstatSync(reached, { throwIfNoEntry: false });
    if (!found) return false;
    if (found.isSymbolicLink()) throw new Unusable(reached === folder ? 'it is a link' : `${reached} is a link`);
    if (!found.isDirectory()) throw new Unusable('a file is in the way');
  }
  return true;
}

/**
 * Makes the folder where there is none, with a `.gitignore` of its own: results do not belong into a repository.
 * @throws Unusable, or the system's error
 */
export function makeFolder(folder: string, base?: string): void {
  if (!folderIsThere(folder, base)) {
    makeFolders(folder);
    folderIsThere(folder, base);
  }
  try {
    writeFileSync(join(folder, '.gitignore'), '*\n', { flag: 'wx' });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/** Not with `recursive`: there, Node never ends where a folder like /proc takes no other. */
function makeFolders(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolders(parent);
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/** Names of files that were made or renamed are on the disk afterwards, where the system can promise it. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
