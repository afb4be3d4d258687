/** Finds the records of a segment, whatever has happened to the bytes between them. */
import { readAt } from './bytes.ts';
import { HEAD, type Head, MARKER, readHead } from './record.ts';

/** Bytes that are read at once. */
const WINDOW = 2 ** 14;

/** A piece of a segment that no record can be made of. */
export interface Damage {
  at: number;
  bytes: number;
}

export interface Scanned {
  /** Where the last whole record ends. What follows is torn, or not written yet. */
  end: number;
  damaged: Damage[];
}

/** Reads a segment from a position, where a record begins, up to its size, and tells the records in order. */
export function scan(
  descriptor: number,
  marker: Buffer,
  from: number,
  size: number,
  found: (head: Head, at: number) => void,
): Scanned {
  const window = new Window(descriptor, size);
  const damaged: Damage[] = [];
  let end = from;
  for (let at = from; at + HEAD <= size; ) {
    const head = readHead(window.bytes(at, HEAD), 0, marker);
    if (head) {
      if (at + HEAD + head.stored > size) break;
      if (at > end) damaged.push({ at: end, bytes: at - end });
      found(head, at);
      at = end = at + HEAD + head.stored;
    } else {
      const next = window.find(marker, at + 1);
      if (next < 0) break;
      at = next;
    }
  }
  return { end, damaged };
}

/** A part of a file in memory that moves along. */
class Window {
  private readonly memory = Buffer.allocUnsafeSlow(WINDOW);
  private start = 0;
  private content: Buffer = this.memory.subarray(0, 0);

  constructor(
    private readonly descriptor: number,
    private readonly size: number,
  ) {}

  /** Bytes at a position; fewer where the file ends, and where that many were not read at once. */
  bytes(at: number, length: number): Buffer {
    if (at < this.start || at + length > this.start + this.content.length) this.move(at);
    return this.content.subarray(at - this.start, at - this.start + length);
  }

  /** Where a marker stands next, from a position on; -1 if nowhere. */
  find(marker: Buffer, from: number): number {
    for (let at = from; at + MARKER <= this.size; ) {
      this.bytes(at, MARKER);
      const found = this.content.indexOf(marker.subarray(0, MARKER), at - this.start);
      if (found >= 0) return this.start + found;
      if (this.content.length < MARKER) return -1;
      // The last bytes may begin a marker that goes on behind the window.
      at = this.start + this.content.length - MARKER + 1;
    }
    return -1;
  }

  private move(to: number): void {
    this.start = to;
    const length = Math.max(0, Math.min(WINDOW, this.size - to));
    this.content = readAt(this.descriptor, this.memory.subarray(0, length), to);
  }
}
