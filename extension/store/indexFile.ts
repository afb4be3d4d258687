/** The index of a store as a file. It can always be made anew: a mistake in reading or writing it is none of the store. */
import { closeSync, fstatSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAt } from './bytes.ts';
import { openFile, temporaryPath } from './files.ts';
import { codeOf } from './reasons.ts';
import { VERSION } from './segment.ts';
import { type Known, LARGEST_INDEX, type Location, SortedIndex } from './sortedIndex.ts';

/** Other versions of the format have other names, so that none overwrites another. */
const NAME = `index.${VERSION}`;

/** The index, if there is one that can be used; otherwise whether there is one that cannot. */
export function readIndex(folder: string): { index: SortedIndex | null; damaged: boolean } {
  try {
    const descriptor = openFile(join(folder, NAME));
    try {
      const { size } = fstatSync(descriptor);
      const whole = size <= LARGEST_INDEX && readAt(descriptor, Buffer.allocUnsafeSlow(size), 0);
      const index = whole ? SortedIndex.parse(whole) : null;
      return { index, damaged: index === null };
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return { index: null, damaged: codeOf(error) !== 'ENOENT' };
  }
}

/** Replaces the index at once; null if it could not be written. */
export function writeIndex(folder: string, segments: readonly Known[], rows: readonly Location[]): SortedIndex | null {
  const temporary = temporaryPath(folder);
  try {
    const file = SortedIndex.encode(segments, rows);
    const descriptor = openSync(temporary, 'wx');
    try {
      writeFileSync(descriptor, file);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, join(folder, NAME));
    return SortedIndex.parse(file);
  } catch {
    rmSync(temporary, { force: true });
    return null;
  }
}
