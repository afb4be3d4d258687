/** The segments in a folder, opened when they are read. */
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readAt } from './bytes.ts';
import { codeOf } from './reasons.ts';
import { HEAD, LARGEST_PAYLOAD } from './record.ts';
import { HEADER, newSegment, readHeader } from './segment.ts';

/** `ID.segment`, or `ID.retired` while a pruning replaces it. */
const SEGMENT = /^([0-9a-f]{32})\.(segment|retired)$/;

/** Segments that are held open. */
const OPEN = 32;

/** Not through a link, and without waiting for what writes into a pipe. */
const CAREFULLY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export const segmentPath = (folder: string, id: string): string => join(folder, `${id}.segment`);
export const retiredPath = (folder: string, id: string): string => join(folder, `${id}.retired`);

/** A file that is not there yet. What a killed process leaves of such files, the next pruning removes. */
export const temporaryPath = (folder: string): string => join(folder, `${newSegment()}.tmp`);

export const isTemporary = (name: string): boolean => /^[0-9a-f]{32}\.tmp$/.test(name);

export interface Listing {
  /** Bytes of each segment. */
  sizes: Map<string, number>;
  /** Segments that a pruning replaces, or has left behind. */
  retired: Set<string>;
  /** Names that look like segments and are none: links, folders, other names. */
  foreign: string[];
}

export class SegmentFiles {
  /** The one that was used last is last. */
  private readonly descriptors = new Map<string, number>();

  constructor(readonly folder: string) {}

  /** What is in the folder now; nothing where there is no folder. */
  list(): Listing {
    const listing: Listing = { sizes: new Map(), retired: new Set(), foreign: [] };
    for (const name of namesIn(this.folder)) {
      const [, id, state] = SEGMENT.exec(name) ?? [];
      const found = id ? lstatSync(join(this.folder, name), { throwIfNoEntry: false }) : undefined;
      if (id && found?.isFile()) {
        listing.sizes.set(id, found.size);
        if (state === 'retired') listing.retired.add(id);
      } else if (id ? found : name.endsWith('.segment')) listing.foreign.push(name);
    }
    return listing;
  }

  /** The version in the header of a segment; null where the header is damaged; throws where it cannot be opened. */
  header(id: string): ReturnType<typeof readHeader> {
    return readHeader(readAt(this.descriptor(id), Buffer.alloc(HEADER), 0));
  }

  /** The bytes of a record; fewer where the file ends; null where the segment cannot be opened. */
  record(id: string, at: number, stored: number): Buffer | null {
    if (stored > LARGEST_PAYLOAD) return null;
    try {
      const descriptor = this.descriptor(id);
      // Before memory is taken for them: that many bytes must be there.
      if (fstatSync(descriptor).size < at + HEAD + stored) return null;
      return readAt(descriptor, Buffer.allocUnsafeSlow(HEAD + stored), at);
    } catch {
      return null;
    }
  }

  /** Opens a segment, or finds it open. Throws where that cannot be done. */
  descriptor(id: string): number {
    const present = this.descriptors.get(id);
    const descriptor = present ?? this.openSegment(id);
    this.descriptors.delete(id);
    this.descriptors.set(id, descriptor);
    for (const oldest of this.descriptors.keys()) {
      if (this.descriptors.size <= OPEN) break;
      this.release(oldest);
    }
    return descriptor;
  }

  /** Closes a segment. */
  release(id: string): void {
    const descriptor = this.descriptors.get(id);
    if (descriptor !== undefined) closeSync(descriptor);
    this.descriptors.delete(id);
  }

  close(): void {
    for (const id of [...this.descriptors.keys()]) this.release(id);
  }

  /** Opens a segment; the caller closes it. Throws where that cannot be done. */
  openSegment(id: string): number {
    try {
      return openFile(segmentPath(this.folder, id));
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
      return openFile(retiredPath(this.folder, id));
    }
  }
}

/** Opens a file for reading, and nothing else that may stand in its place. */
export function openFile(path: string): number {
  const descriptor = openSync(path, CAREFULLY);
  if (fstatSync(descriptor).isFile()) return descriptor;
  closeSync(descriptor);
  throw new Error(`${path} is not a file`);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
