/**
 * Writes segments anew without the records that go, while other processes read them and append to them.
 *
 * A segment is first renamed, then read to its end. Whoever appends looks afterwards whether the segment still has its
 * name: if it has, the record was there before the segment was read; if not, the record is written again elsewhere. The
 * renamed segment is removed when what stays of it is on the disk under another name; until then it is read like all others.
 */
import { closeSync, fstatSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { readAt, writeAll } from './bytes.ts';
import { openFile, retiredPath, segmentPath, temporaryPath } from './files.ts';
import { syncFolder } from './folder.ts';
import { codeOf } from './reasons.ts';
import { HEAD, mark, payloadOf } from './record.ts';
import { scan } from './scan.ts';
import { encodeHeader, FULL, HEADER, markerOf, newSegment } from './segment.ts';

/** Bytes that are written at once. */
const BATCH = 2 ** 20;

/**
 * Writes segments anew.
 * @param dropped positions of records that do not stay
 * @param step called before each segment
 * @throws the system's error; then no record is lost
 */
export function compact(
  folder: string,
  segments: readonly string[],
  dropped: ReadonlyMap<string, ReadonlySet<number>>,
  step: () => void,
): void {
  let output: Output | null = null;
  let emptied: string[] = [];
  const finish = () => {
    output?.publish();
    output = null;
    for (const id of emptied) rmSync(retiredPath(folder, id), { force: true });
    emptied = [];
  };
  try {
    for (const id of segments) {
      step();
      const gone = dropped.get(id);
      let stays = false;
      recordsOfRetired(folder, id, (at, record) => {
        if (gone?.has(at)) return;
        stays = true;
        output ??= new Output(folder);
        output.add(record());
      });
      // Nothing of it stays: its room is free for the others.
      if (!stays) rmSync(retiredPath(folder, id), { force: true });
      else emptied.push(id);
      if (lengthOf(output) >= FULL) finish();
    }
    finish();
  } catch (error) {
    discard(output);
    throw error;
  }
}

/** `output` is assigned in functions, which TypeScript does not follow. */
const lengthOf = (output: Output | null) => output?.length ?? 0;
const discard = (output: Output | null) => output?.discard();

/** Takes a segment's name away and tells its whole records. */
function recordsOfRetired(folder: string, id: string, found: (at: number, record: () => Buffer | null) => void): void {
  const retired = retiredPath(folder, id);
  let descriptor: number;
  try {
    rename(segmentPath(folder, id), retired);
    descriptor = openFile(retired);
  } catch (error) {
    // Another process has replaced it.
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  try {
    scan(descriptor, markerOf(id), HEADER, fstatSync(descriptor).size, ({ stored }, at) =>
      found(at, () => {
        const record = readAt(descriptor, Buffer.allocUnsafeSlow(HEAD + stored), at);
        return payloadOf(record) ? record : null;
      }),
    );
  } finally {
    closeSync(descriptor);
  }
}

/** A segment that another pruning has renamed already is taken over. */
function rename(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** A new segment, which nobody sees before it is complete. */
class Output {
  private readonly id = newSegment();
  private readonly temporary: string;
  private readonly descriptor: number;
  private batch: Buffer[] = [encodeHeader()];
  private written = 0;
  /** With what is in the batch. */
  length = HEADER;

  constructor(private readonly folder: string) {
    this.temporary = temporaryPath(folder);
    this.descriptor = openSync(this.temporary, 'wx');
  }

  /** @param record null if it is damaged: then it does not stay */
  add(record: Buffer | null): void {
    if (!record) return;
    mark(record, markerOf(this.id));
    this.batch.push(record);
    this.length += record.length;
    if (this.length - this.written >= BATCH) this.write();
  }

  publish(): void {
    this.write();
    fsyncSync(this.descriptor);
    renameSync(this.temporary, segmentPath(this.folder, this.id));
    syncFolder(this.folder);
    closeSync(this.descriptor);
  }

  discard(): void {
    closeSync(this.descriptor);
    rmSync(this.temporary, { force: true });
  }

  private write(): void {
    writeAll(this.descriptor, this.batch, this.written);
    this.written = this.length;
    this.batch = [];
  }
}
