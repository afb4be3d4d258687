/**
 * A record in a segment: a head of 112 bytes and the stored payload. Numbers are little-endian.
 *
 * | bytes   | what                                                                                   |
 * | ------- | -------------------------------------------------------------------------------------- |
 * | 0–7     | the marker of the segment: where a record begins, even after damaged ones               |
 * | 8–11    | CRC-32 of bytes 12–111: whether the head can be trusted, without reading the payload   |
 * | 12–15   | zeros                                                                                  |
 * | 16–31   | checksum of everything from byte 32 on, the payload included                           |
 * | 32–35   | length of the stored payload                                                           |
 * | 36–39   | length of the payload; where it is more than what is stored, that is compressed        |
 * | 40–47   | date in milliseconds since 1970, float64                                               |
 * | 48–79   | kind, filled with zeros                                                                |
 * | 80–111  | key                                                                                    |
 *
 * The marker is in no checksum: a record can move to another segment as it is.
 */
import { crc32 } from 'node:zlib';
import { CHECKSUM, checksum } from './checksum.ts';
import { canHold, compress, decompress } from './compression.ts';
import type { Entry } from './entry.ts';

/** Bytes of a head. */
export const HEAD = 112;

/** Bytes of a marker. */
export const MARKER = 8;

/** Payloads of more bytes are not stored, and a head that says so is damaged. */
export const LARGEST_PAYLOAD = 2 ** 28;

/** No record is newer: every date up to here has a next one. */
export const LAST_DATE = 2 ** 52;

/** Bytes of a kind, and of a key. */
export const NAME = 32;

const KIND_AT = 48;
const KIND = /^[\x21-\x7e]{1,32}$/;

/** What a head says. */
export interface Head extends Entry {
  /** Bytes of the payload in the file. */
  stored: number;
}

/**
 * A record without a marker.
 * @throws RangeError if kind or key cannot be stored, or the payload is larger than {@link LARGEST_PAYLOAD}
 */
export function encodeRecord(kind: string, key: string, date: number, payload: Uint8Array): Buffer {
  if (payload.length > LARGEST_PAYLOAD) throw new RangeError(`a payload of ${payload.length} bytes cannot be stored`);
  // Copied first: what looks for compressible bytes then finds them in the processor's cache.
  const whole = Buffer.allocUnsafeSlow(HEAD + payload.length);
  whole.set(payload, HEAD);
  const small = compress(whole.subarray(HEAD));
  const record = small ? Buffer.allocUnsafeSlow(HEAD + small.length) : whole;
  if (small) record.set(small, HEAD);
  record.fill(0, 0, 16);
  record.writeUInt32LE(record.length - HEAD, 32);
  record.writeUInt32LE(payload.length, 36);
  record.writeDoubleLE(date, 40);
  writeName(record, KIND_AT, kind, key);
  record.set(checksum(record.subarray(16 + CHECKSUM)), 16);
  record.writeUInt32LE(crc32(record.subarray(12, HEAD)), 8);
  return record;
}

/** Writes kind and key in 64 bytes. Their order as bytes is that of the index. */
export function writeName(into: Buffer, at: number, kind: string, key: string): void {
  if (!KIND.test(kind)) throw new RangeError(`${JSON.stringify(kind)} cannot be a kind`);
  if (!/^[0-9a-f]{64}$/.test(key)) throw new RangeError(`${JSON.stringify(key)} is not a key of 64 hex digits`);
  into.fill(0, at, at + NAME);
  into.write(kind, at, 'latin1');
  into.write(key, at + NAME, 'hex');
}

/** Reads what {@link writeName} has written; null where that is something else. */
export function readName(from: Buffer, at: number): { kind: string; key: string } | null {
  const end = from.indexOf(0, at);
  const kind = from.toString('latin1', at, end < 0 || end > at + NAME ? at + NAME : end);
  if (!KIND.test(kind)) return null;
  return { kind, key: from.toString('hex', at + NAME, at + 2 * NAME) };
}

export const isDate = (date: number): boolean => date >= 0 && date <= LAST_DATE;

/** The head of the record at a position of some bytes; null if there is no whole head with this marker. */
export function readHead(from: Buffer, at: number, marker: Buffer): Head | null {
  if (at + HEAD > from.length || from.compare(marker, 0, MARKER, at, at + MARKER) !== 0) return null;
  if (crc32(from.subarray(at + 12, at + HEAD)) !== from.readUInt32LE(at + 8)) return null;
  const stored = from.readUInt32LE(at + 32);
  const bytes = from.readUInt32LE(at + 36);
  const date = from.readDoubleLE(at + 40);
  const name = readName(from, at + KIND_AT);
  if (!name || bytes > LARGEST_PAYLOAD || stored > bytes || !canHold(stored, bytes) || !isDate(date)) return null;
  return { ...name, date, stored, bytes };
}

/**
 * The payload of a whole record; null if the record is damaged. It begins at a multiple of 8 bytes of its memory, so that
 * numbers in it can be read in place.
 */
export function payloadOf(record: Buffer): Uint8Array | null {
  if (checksum(record.subarray(16 + CHECKSUM)).compare(record, 16, 16 + CHECKSUM) !== 0) return null;
  const bytes = record.readUInt32LE(36);
  const stored = new Uint8Array(record.buffer, record.byteOffset + HEAD, record.length - HEAD);
  const payload = stored.length < bytes ? decompress(stored, bytes) : stored;
  return payload && payload.byteOffset % 8 !== 0 ? payload.slice() : payload;
}

/** Says which segment a record belongs to. */
export function mark(record: Buffer, marker: Buffer): void {
  record.set(marker, 0);
}
