/**
 * One process at a time tidies a folder. The lease is a file that ends by itself when its holder no longer renews it;
 * ages are taken from the clock of the file system, which all machines share. Should two hold it all the same, they
 * do work twice and lose nothing.
 */
import { closeSync, fstatSync, lstatSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { temporaryPath } from './files.ts';
import { codeOf } from './reasons.ts';
import { newSegment } from './segment.ts';

const NAME = 'lease';

/** Milliseconds after which a lease that was not renewed has ended. */
export const EXPIRES = 60_000;

/** Milliseconds between renewals. */
const RENEWED = 5_000;

export class Lease {
  private renewed = Date.now();

  private constructor(
    private readonly path: string,
    private readonly descriptor: number,
    private readonly text: string,
  ) {}

  /** Null if another process has it. Throws the system's error if the folder cannot be written. */
  static take(folder: string): Lease | null {
    const path = join(folder, NAME);
    return create(path) ?? (ageOf(folder, path) > EXPIRES ? replace(path) : null);

    function create(path: string): Lease | null {
      try {
        const descriptor = openSync(path, 'wx');
        const text = `${hostname()} ${process.pid} ${newSegment()}\n`;
        writeSync(descriptor, text, 0);
        return new Lease(path, descriptor, text);
      } catch (error) {
        if (codeOf(error) === 'EEXIST') return null;
        throw error;
      }
    }

    function replace(path: string): Lease | null {
      rmSync(path, { force: true });
      return create(path);
    }
  }

  /** To be called often while the work goes on. */
  renew(): void {
    if (Date.now() - this.renewed < RENEWED) return;
    this.renewed = Date.now();
    writeSync(this.descriptor, this.text, 0);
  }

  release(): void {
    closeSync(this.descriptor);
    try {
      // Another one may have taken its place.
      if (readFileSync(this.path, 'utf8') === this.text) rmSync(this.path, { force: true });
    } catch {
      // It ends by itself.
    }
  }
}

/** Milliseconds since a file was changed; 0 if it is gone. */
function ageOf(folder: string, path: string): number {
  const changed = lstatSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return changed === undefined ? 0 : timeIn(folder) - changed;
}

/** Milliseconds since 1970 on the clock of the file system. */
export function timeIn(folder: string): number {
  const path = temporaryPath(folder);
  const descriptor = openSync(path, 'wx');
  try {
    return fstatSync(descriptor).mtimeMs;
  } finally {
    closeSync(descriptor);
    rmSync(path, { force: true });
  }
}
