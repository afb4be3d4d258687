/**
 * The temporary file of the paths of a large grid. It disappears with the grid: on Linux it has no name, elsewhere it is
 * removed at the end of the grid or of the engine, and after a kill by the next engine that makes one.
 */
import { closeSync, existsSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPath, type StoredPath } from '../../evaluator/storedPaths.ts';
import type { Trajectory } from '../../lab/metrics/invariance.ts';

const NAME = /^depth-lab-paths-(\d+)-\d+$/;
let made = 0;

export class PathFile {
  /** Where other processes can open it. */
  readonly path: string;
  private readonly descriptor: number;
  private length = 0;
  private readonly remove: () => void;

  /** @throws Error if the file cannot be made */
  constructor(folder = tmpdir()) {
    removeLeftOver(folder);
    const named = join(folder, `depth-lab-paths-${process.pid}-${++made}`);
    // Not an existing file, nor a link; for nobody else.
    this.descriptor = openSync(named, 'wx+', 0o600);
    this.remove = () => rmSync(named, { force: true });
    const unnamed = `/proc/${process.pid}/fd/${this.descriptor}`;
    this.path = existsSync(unnamed) ? unnamed : named;
    if (this.path === unnamed) this.remove();
    else process.once('exit', this.remove);
  }

  /**
   * Appends samples.
   * @returns where they begin, in bytes
   * @throws Error if they cannot be written, for example because the disk is full
   */
  append(numbers: Float64Array): number {
    const start = this.length;
    const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
    for (let done = 0; done < bytes.length; )
      done += writeSync(this.descriptor, bytes, done, bytes.length - done, start + done);
    this.length += bytes.length;
    return start;
  }

  read(stored: StoredPath): Trajectory {
    return readPath(this.descriptor, stored);
  }

  close(): void {
    closeSync(this.descriptor);
    this.remove();
    process.off('exit', this.remove);
  }
}

/** Removes files of engines that were killed. */
function removeLeftOver(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = NAME.exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    try {
      if (statSync(join(folder, name)).isFile()) rmSync(join(folder, name));
    } catch {
      // Somebody else's, or gone.
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
