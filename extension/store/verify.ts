/** Reads all of a store. */
import { closeSync, fstatSync } from 'node:fs';
import { readAt } from './bytes.ts';
import { SegmentFiles } from './files.ts';
import { folderIsThere } from './folder.ts';
import { reasonOf } from './reasons.ts';
import { HEAD, payloadOf } from './record.ts';
import { scan } from './scan.ts';
import { HEADER, markerOf, VERSION } from './segment.ts';

/** A piece of a file. */
export interface Place {
  file: string;
  at: number;
  bytes: number;
}

export interface Verification {
  /** Records that are whole. */
  good: number;
  /** Damaged records, and damaged pieces between records. */
  bad: Place[];
  /** Ends of segments that are not whole records: a process was killed, or writes them now. */
  torn: Place[];
  /** Files that look like segments and are none of this version. */
  foreign: string[];
  /** One sentence if the folder cannot be read. */
  problem: string | null;
}

/** Reads every record of a store, without its index. A folder that is not there is an empty store. */
export function verify(folder: string, base?: string): Verification {
  const result: Verification = { good: 0, bad: [], torn: [], foreign: [], problem: null };
  const files = new SegmentFiles(folder);
  try {
    if (!folderIsThere(folder, base)) return result;
    const { sizes, retired, foreign } = files.list();
    result.foreign = foreign;
    for (const id of [...sizes.keys()].sort()) {
      verifySegment(files, id, `${id}.${retired.has(id) ? 'retired' : 'segment'}`, result);
    }
  } catch (error) {
    result.problem = `The store ${folder} cannot be read: ${reasonOf(error)}.`;
  } finally {
    files.close();
  }
  return result;
}

function verifySegment(files: SegmentFiles, id: string, file: string, result: Verification): void {
  let descriptor: number;
  try {
    descriptor = files.openSegment(id);
  } catch {
    result.foreign.push(file);
    return;
  }
  try {
    if ((files.header(id)?.version ?? VERSION) !== VERSION) {
      result.foreign.push(file);
      return;
    }
    const { size } = fstatSync(descriptor);
    const { end, damaged } = scan(descriptor, markerOf(id), HEADER, size, ({ stored }, at) => {
      const record = readAt(descriptor, Buffer.allocUnsafeSlow(HEAD + stored), at);
      if (payloadOf(record)) result.good++;
      else result.bad.push({ file, at, bytes: record.length });
    });
    result.bad.push(...damaged.map((piece) => ({ file, ...piece })));
    if (end < size) result.torn.push({ file, at: end, bytes: size - end });
  } finally {
    closeSync(descriptor);
  }
}
