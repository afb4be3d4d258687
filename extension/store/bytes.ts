/** Reads and writes files at positions, all bytes or an error. */
import { readSync, writeSync, writevSync } from 'node:fs';

/** Fills a buffer from a position of a file; fewer bytes come back where the file ends. */
export function readAt(descriptor: number, into: Buffer, position: number): Buffer {
  let done = 0;
  while (done < into.length) {
    const read = readSync(descriptor, into, done, into.length - done, position + done);
    if (read === 0) break;
    done += read;
  }
  return done === into.length ? into : into.subarray(0, done);
}

export const sizeOf = (pieces: readonly Buffer[]): number => pieces.reduce((sum, { length }) => sum + length, 0);

/** Writes pieces one after the other, from a position of a file on. */
export function writeAll(descriptor: number, pieces: readonly Buffer[], at: number): void {
  let written = writevSync(descriptor, pieces, at);
  let start = at;
  for (const piece of pieces) {
    for (let done = Math.min(written, piece.length); done < piece.length; ) {
      done += writeSync(descriptor, piece, done, piece.length - done, start + done);
    }
    written = Math.max(0, written - piece.length);
    start += piece.length;
  }
}
