/**
 * The file of `--out`. Runs are written as they end, into a file beside it; `results.jsonl` itself is only replaced by
 * complete results, at once. What a stopped or killed run finished stays in the file beside it.
 */
import { closeSync, ftruncateSync, lstatSync, openSync, rmSync, type Stats, statfsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { attempt, makeFolder, refused, WriteError } from './writeError.ts';
import { writeAll, writeFiles } from './writeFiles.ts';

const MOST_PARTIAL_FILES = 1000;

export class ResultsFile {
  /** The complete results. */
  readonly path: string;
  /** What is finished so far. */
  readonly partial: string;
  private readonly descriptor: number;
  private length = 0;

  /** @throws WriteError if results cannot be written there */
  constructor(private readonly folder: string) {
    this.path = join(folder, 'results.jsonl');
    attempt(folder, () => makeFolder(folder));
    const present = attempt(this.path, () => statsOf(this.path));
    if (present?.isSymbolicLink()) throw refused(this.path, 'it is a link');
    if (present?.isDirectory()) throw refused(this.path, 'a folder is in the way');
    if (present && !present.isFile()) throw refused(this.path, 'it is not a file');
    if (freeBytes(folder) === 0) throw refused(this.path, 'no space is left on the disk');
    [this.partial, this.descriptor] = attempt(folder, () => openFree(folder));
  }

  /** @throws WriteError if so many bytes cannot be written any more */
  requireRoom(bytes: number): void {
    const free = freeBytes(this.folder);
    if (bytes <= free) return;
    const size = (value: number) => `${(value / 2 ** 20).toPrecision(3)} MiB`;
    throw refused(this.path, `the results need at least ${size(bytes)}, and ${size(free)} are free on the disk`);
  }

  /**
   * Adds a line to the finished ones.
   * @throws WriteError if it cannot be written; earlier lines stay
   */
  add(line: string): void {
    const text = Buffer.from(`${line}\n`);
    try {
      attempt(this.partial, () => writeAll(this.descriptor, text));
    } catch (error) {
      ftruncateSync(this.descriptor, this.length);
      throw error;
    }
    this.length += text.length;
  }

  /**
   * Replaces earlier results by these lines, which are complete.
   * @throws WriteError if they cannot be written; earlier results and what was added stay
   */
  replace(lines: readonly string[]): void {
    this.writeAs(this.path, lines);
    this.close();
    rmSync(this.partial, { force: true });
  }

  /**
   * Keeps what is finished beside earlier results: these lines or, if they cannot be written, those that were added.
   * @returns the file that it is in; null if nothing is finished
   */
  keep(lines: readonly string[]): string | null {
    this.close();
    if (lines.length === 0 && this.length === 0) {
      rmSync(this.partial, { force: true });
      return null;
    }
    try {
      if (lines.length > 0) this.writeAs(this.partial, lines);
    } catch (error) {
      if (!(error instanceof WriteError)) throw error;
    }
    return this.partial;
  }

  private close(): void {
    closeSync(this.descriptor);
  }

  /** Writes a file at once: it is never seen half-written. */
  private writeAs(path: string, lines: readonly string[]): void {
    writeFiles(this.folder, [{ name: basename(path), pieces: bytesOf(lines) }]);
  }
}

function* bytesOf(lines: readonly string[]): Generator<Uint8Array> {
  for (const line of lines) yield Buffer.from(`${line}\n`);
}

function statsOf(path: string): Stats | null {
  return lstatSync(path, { throwIfNoEntry: false }) ?? null;
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = attempt(folder, () => statfsSync(folder));
  return bavail * bsize;
}

/** Opens the first `results.partial.jsonl`, `results.partial-2.jsonl` … that there is not yet. */
function openFree(folder: string): [path: string, descriptor: number] {
  for (let number = 1; ; number++) {
    const path = join(folder, `results.partial${number === 1 ? '' : `-${number}`}.jsonl`);
    try {
      return [path, openSync(path, 'wx')];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || number === MOST_PARTIAL_FILES) throw error;
    }
  }
}
