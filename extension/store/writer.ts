/** Appends records to segments of its own. */
import { closeSync, fsyncSync, ftruncateSync, openSync } from 'node:fs';
import { sizeOf, writeAll } from './bytes.ts';
import { segmentPath } from './files.ts';
import { makeFolder, syncFolder } from './folder.ts';
import { mark } from './record.ts';
import { encodeHeader, FULL, HEADER, markerOf, newSegment } from './segment.ts';

/** Segments that may be taken away under one batch. */
const TRIES = 5;

interface Own {
  id: string;
  descriptor: number;
  length: number;
}

/** Where a batch was written. */
export interface Written {
  segment: string;
  /** Of its first record; the others follow. */
  at: number;
}

export class Writer {
  private own: Own | null = null;

  constructor(
    private readonly folder: string,
    private readonly base?: string,
  ) {}

  /**
   * Appends records. When it returns they survive the end of this process.
   * @throws Unusable, or the system's error; then nothing was added
   */
  append(records: readonly Buffer[]): Written {
    for (let count = 1; ; count++) {
      const own = this.open();
      const at = own.length;
      try {
        for (const record of records) mark(record, markerOf(own.id));
        writeAll(own.descriptor, records, at);
      } catch (error) {
        this.abandon(own);
        throw error;
      }
      own.length = at + sizeOf(records);
      // A pruning renames a segment before it copies what is in it: what was written while it still had its name is copied.
      if (isThere(segmentPath(this.folder, own.id))) return { segment: own.id, at };
      this.close();
      if (count === TRIES) throw new Error('its files are taken away while they are written');
    }
  }

  /** What was appended survives a power cut, where the system can promise it. */
  sync(): void {
    if (!this.own) return;
    fsyncSync(this.own.descriptor);
    syncFolder(this.folder);
  }

  close(): void {
    if (this.own) closeSync(this.own.descriptor);
    this.own = null;
  }

  private open(): Own {
    if (this.own && this.own.length >= FULL) {
      this.sync();
      this.close();
    }
    if (this.own) return this.own;
    makeFolder(this.folder, this.base);
    const id = newSegment();
    const own = { id, descriptor: openSync(segmentPath(this.folder, id), 'wx'), length: HEADER };
    try {
      writeAll(own.descriptor, [encodeHeader()], 0);
    } catch (error) {
      this.abandon(own);
      throw error;
    }
    return (this.own = own);
  }

  /** Nothing is appended behind a record that may be torn. */
  private abandon({ descriptor, length }: Own): void {
    this.own = null;
    try {
      ftruncateSync(descriptor, length);
    } catch {
      // A torn record is ignored by all who read.
    }
    closeSync(descriptor);
  }
}

/** By opening it: a network file system asks the server then, and answers other questions from memory. */
function isThere(path: string): boolean {
  try {
    closeSync(openSync(path, 'r'));
    return true;
  } catch {
    return false;
  }
}
