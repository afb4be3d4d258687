/** Where the results of a lab file are kept. */
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import path from 'node:path';

/** The folder of a store, in the folder of a project or of a lab file. */
export const STORE_FOLDER = '.depth-lab';

/** The environment variable that chooses another folder, or `off`. */
export const STORE_VARIABLE = 'DEPTH_LAB_STORE';

/** GiB that a store may take, unless the user says otherwise. */
export const STORE_LIMIT = 10;

/**
 * The folder of the store: that of the nearest folder around the lab file that has one or is a repository, otherwise
 * one beside the lab file.
 * @param file absolute path of the lab file
 */
export function storeOf(file: string): string {
  const beside = path.dirname(file);
  for (let folder = beside; ; folder = path.dirname(folder)) {
    const isRoot = path.dirname(folder) === folder;
    if ([STORE_FOLDER, '.git'].some((name) => existsSync(path.join(folder, name))))
      return path.join(folder, STORE_FOLDER);
    if (isRoot) return path.join(beside, STORE_FOLDER);
  }
}

/**
 * The folder that the user has chosen for a lab file; null if nothing is to be kept.
 * @param chosen the folder that the call names, false to keep nothing
 * @param environment what {@link STORE_VARIABLE} says, which a choice in the call overrides
 * @param storage a folder for stores that cannot be written where they belong
 */
export function chosenStore(
  file: string,
  chosen: string | false | undefined,
  environment: string | undefined,
  storage?: string,
): string | null {
  if (chosen === false) return null;
  if (chosen !== undefined) return path.resolve(chosen);
  if (environment === 'off') return null;
  if (environment) return path.resolve(environment);
  const folder = storeOf(file);
  if (storage === undefined || isWritable(folder)) return folder;
  return path.join(storage, 'stores', createHash('sha256').update(folder).digest('hex').slice(0, 32));
}

/** Whether a store can be written at a place, or could be made there. */
export function isWritable(folder: string): boolean {
  try {
    if (!statSync(folder).isDirectory()) return false;
    accessSync(folder, constants.W_OK);
    return true;
  } catch (error) {
    const parent = path.dirname(folder);
    return (error as NodeJS.ErrnoException).code === 'ENOENT' && parent !== folder && isWritable(parent);
  }
}
