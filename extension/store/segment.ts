/**
 * A segment: a file that one process has written. Its name is random, so that no two processes ever write the same one,
 * and gives the marker of its records. It begins with 32 bytes:
 *
 * | bytes | what                                                                  |
 * | ----- | --------------------------------------------------------------------- |
 * | 0–7   | `DepthLab`                                                            |
 * | 8–11  | version of the format                                                 |
 * | 12–15 | CRC-32 of the 24 other bytes up to byte 31, without these four         |
 * | 16–23 | the machine that writes it, hashed                                    |
 * | 24–31 | zeros                                                                 |
 */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { crc32 } from 'node:zlib';
import { checksum } from './checksum.ts';
import { MARKER } from './record.ts';

/** The version that this program reads and writes. A file of another one is left alone. */
export const VERSION = 1;

/** Bytes before the first record. */
export const HEADER = 32;

/** After so many bytes a writer begins another segment, so that old ones can be pruned. */
export const FULL = 2 ** 26;

const MAGIC = Buffer.from('DepthLab', 'latin1');

/** This machine in a header: 8 bytes. */
export const thisHost: Buffer = checksum(Buffer.from(hostname())).subarray(0, 8);

/** 32 hex digits. */
export const newSegment = (): string => randomBytes(16).toString('hex');

/** The marker of the records in a segment. */
export const markerOf = (segment: string): Buffer => Buffer.from(segment.slice(0, 2 * MARKER), 'hex');

export function encodeHeader(): Buffer {
  const header = Buffer.alloc(HEADER);
  header.set(MAGIC);
  header.writeUInt32LE(VERSION, 8);
  header.set(thisHost, 16);
  header.writeUInt32LE(checkOf(header), 12);
  return header;
}

/** What a header says; null if it is damaged: the records may be whole all the same. */
export function readHeader(header: Buffer): { version: number; host: Buffer } | null {
  if (header.length < HEADER || !header.subarray(0, MAGIC.length).equals(MAGIC)) return null;
  if (checkOf(header) !== header.readUInt32LE(12)) return null;
  return { version: header.readUInt32LE(8), host: header.subarray(16, 24) };
}

const checkOf = (header: Buffer) => crc32(header.subarray(16, HEADER), crc32(header.subarray(0, 12)));
