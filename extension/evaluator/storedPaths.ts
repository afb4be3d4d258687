/**
 * Paths of runs in a file, for grids whose paths would need too much memory. The file holds float64 numbers in the
 * machine's byte order: for each sample its time, then its point.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import type { PathsByRun, Trajectory } from '../lab/metrics/invariance.ts';

/** Where the samples of one path are. */
export interface StoredPath {
  /** Entries of a point. */
  size: number;
  /** For each part, in order: its position in the file in bytes, and its number of samples. */
  parts: number[];
}

/** The paths of runs in a file, as sent to another process. */
export interface StoredPaths {
  file: string;
  runs: Map<number, StoredPath>;
}

/**
 * Reads a path.
 * @throws Error if the file ends before the path does
 */
export function readPath(descriptor: number, { size, parts }: StoredPath): Trajectory {
  const path: Trajectory = { times: [], points: [] };
  const width = size + 1;
  for (let part = 0; part < parts.length; part += 2) {
    const [position, count] = [parts[part]!, parts[part + 1]!];
    const numbers = new Float64Array(count * width);
    const bytes = new Uint8Array(numbers.buffer);
    for (let done = 0; done < bytes.length; ) {
      const read = readSync(descriptor, bytes, done, bytes.length - done, position + done);
      if (read === 0) throw new Error('the file of the paths is shorter than expected');
      done += read;
    }
    for (let start = 0; start < numbers.length; start += width) {
      path.times.push(numbers[start]!);
      // A copy: a view would keep the whole part in memory.
      path.points.push(numbers.slice(start + 1, start + width));
    }
  }
  return path;
}

/** Opens the paths; each is read when it is asked for. */
export function openPaths({ file, runs }: StoredPaths): PathsByRun & { close(): void } {
  const descriptor = openSync(file, 'r');
  return {
    get(run) {
      const stored = runs.get(run);
      return stored && readPath(descriptor, stored);
    },
    close: () => closeSync(descriptor),
  };
}
