/**
 * The index: where each record is, sorted by key, so that a store opens without looking into its segments.
 *
 * Header of 48 bytes: `DepthIdx`, version (4 bytes), number of segments (4), number of rows (8, float64), checksum of the
 * file without these 16 bytes (16), zeros (8). Then 40 bytes for each segment: its name (16), up to where the index knows
 * it (8, float64), how large it was (8, float64), damaged pieces (4), zeros (4). Then the rows of 96 bytes: kind (32),
 * key (32), date (8, float64), position (8, float64), number of the segment (4), stored bytes (4), bytes (4), zeros (4).
 */
import { CHECKSUM, checksum } from './checksum.ts';
import { type Head, isDate, NAME, readName, writeName } from './record.ts';
import { VERSION } from './segment.ts';

const MAGIC = Buffer.from('DepthIdx', 'latin1');
const HEADER = 48;
const CHECK_AT = 24;
const SEGMENT = 40;
const ROW = 96;
/** Kind and key. */
const NAMED = 2 * NAME;

/** A larger file is no index of ours. */
export const LARGEST_INDEX = 2 ** 30;

/** Where a record is. */
export interface Location extends Head {
  segment: string;
  at: number;
}

/** What is known of a segment. */
export interface Known {
  id: string;
  /** Where the last record that is known ends. */
  end: number;
  /** How large it was then. */
  size: number;
  /** Damaged pieces up to there. */
  damaged: number;
}

export class SortedIndex {
  private readonly wanted = Buffer.alloc(NAMED);

  private constructor(
    private readonly rows: Buffer,
    readonly segments: readonly Known[],
  ) {}

  /** Reads an index; null if the bytes are not one, or not the one that was written. */
  static parse(file: Buffer): SortedIndex | null {
    if (file.length < HEADER || !file.subarray(0, MAGIC.length).equals(MAGIC)) return null;
    if (file.readUInt32LE(8) !== VERSION) return null;
    const count = file.readUInt32LE(12);
    const rows = file.readDoubleLE(16);
    const first = HEADER + count * SEGMENT;
    if (!Number.isInteger(rows) || rows < 0 || file.length !== first + rows * ROW) return null;
    if (checkOf(file).compare(file, CHECK_AT, CHECK_AT + CHECKSUM) !== 0) return null;
    const segments: Known[] = [];
    for (let at = HEADER; at < first; at += SEGMENT) {
      segments.push({
        id: file.toString('hex', at, at + 16),
        end: file.readDoubleLE(at + 16),
        size: file.readDoubleLE(at + 24),
        damaged: file.readUInt32LE(at + 32),
      });
    }
    return new SortedIndex(file.subarray(first), segments);
  }

  /** The bytes of an index of these records, which may be in any order. */
  static encode(segments: readonly Known[], locations: readonly Location[]): Buffer {
    const numbers = new Map(segments.map(({ id }, number) => [id, number]));
    const first = HEADER + segments.length * SEGMENT;
    const file = Buffer.alloc(first + locations.length * ROW);
    file.set(MAGIC);
    file.writeUInt32LE(VERSION, 8);
    file.writeUInt32LE(segments.length, 12);
    file.writeDoubleLE(locations.length, 16);
    segments.forEach(({ id, end, size, damaged }, number) => {
      const at = HEADER + number * SEGMENT;
      file.write(id, at, 'hex');
      file.writeDoubleLE(end, at + 16);
      file.writeDoubleLE(size, at + 24);
      file.writeUInt32LE(damaged, at + 32);
    });
    [...locations].sort(inOrder).forEach((location, number) => {
      const at = first + number * ROW;
      writeName(file, at, location.kind, location.key);
      file.writeDoubleLE(location.date, at + NAMED);
      file.writeDoubleLE(location.at, at + NAMED + 8);
      file.writeUInt32LE(numbers.get(location.segment)!, at + NAMED + 16);
      file.writeUInt32LE(location.stored, at + NAMED + 20);
      file.writeUInt32LE(location.bytes, at + NAMED + 24);
    });
    checkOf(file).copy(file, CHECK_AT);
    return file;
  }

  get length(): number {
    return this.rows.length / ROW;
  }

  /** Where the records of a kind and key are, the newest first. */
  find(kind: string, key: string): Location[] {
    const { wanted } = this;
    writeName(wanted, 0, kind, key);
    let [low, high] = [0, this.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compare(middle) < 0) low = middle + 1;
      else high = middle;
    }
    const found: Location[] = [];
    for (let row = low; row < this.length && this.compare(row) === 0; row++) {
      const location = this.location(row, { kind, key });
      if (location) found.push(location);
    }
    return found;
  }

  /** All records, sorted. */
  *locations(): Generator<Location> {
    for (let row = 0; row < this.length; row++) {
      const name = readName(this.rows, row * ROW);
      const location = name && this.location(row, name);
      if (location) yield location;
    }
  }

  /** How a row stands to the one that is wanted. */
  private compare(row: number): number {
    const { rows, wanted } = this;
    // Byte by byte: calling `Buffer.compare` costs more than a name has bytes.
    for (let i = 0, at = row * ROW; i < NAMED; i++, at++) {
      const difference = rows[at]! - wanted[i]!;
      if (difference !== 0) return difference;
    }
    return 0;
  }

  /** Null for a row that makes no sense. */
  private location(row: number, { kind, key }: { kind: string; key: string }): Location | null {
    const at = row * ROW;
    const segment = this.segments[this.rows.readUInt32LE(at + NAMED + 16)];
    const date = this.rows.readDoubleLE(at + NAMED);
    if (!segment || !isDate(date)) return null;
    return {
      kind,
      key,
      date,
      at: this.rows.readDoubleLE(at + NAMED + 8),
      segment: segment.id,
      stored: this.rows.readUInt32LE(at + NAMED + 20),
      bytes: this.rows.readUInt32LE(at + NAMED + 24),
    };
  }
}

const checkOf = (file: Buffer) =>
  checksum(Buffer.concat([checksum(file.subarray(0, CHECK_AT)), checksum(file.subarray(CHECK_AT + CHECKSUM))]));

/** By kind, key, and the newest first: the order of the bytes, which are ASCII. */
function inOrder(a: Location, b: Location): number {
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1;
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return newestFirst(a, b);
}

/** Within a millisecond, what stands later in a segment is newer. */
export const newestFirst = (a: Location, b: Location): number => b.date - a.date || b.at - a.at;
