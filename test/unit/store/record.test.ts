import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { checksum } from '../../../extension/store/checksum.ts';
import { mergeInto } from '../../../extension/store/merge.ts';
import { prune } from '../../../extension/store/prune.ts';
import { encodeRecord, HEAD, LARGEST_PAYLOAD, payloadOf, readHead } from '../../../extension/store/record.ts';
import { HEADER, markerOf } from '../../../extension/store/segment.ts';
import { Store } from '../../../extension/store/store.ts';
import { verify } from '../../../extension/store/verify.ts';
import { required } from '../required.ts';
import { key, noise, payload, StoreFolder, segmentsIn, writeSegment } from './storeFolder.ts';

const folders = new StoreFolder();
afterAll(() => folders.remove());

/** Makes the checksums of a record fit, as one does who wants it to be believed. */
function sealed(record: Buffer): Buffer {
  record.set(checksum(record.subarray(32)), 16);
  record.writeUInt32LE(crc32(record.subarray(12, HEAD)), 8);
  return record;
}

const marker = Buffer.alloc(8);

describe('a head that promises too much', () => {
  const record = encodeRecord('run', key(1), 1e12, noise(200));
  it.each<[string, (record: Buffer) => unknown]>([
    ['a payload that is larger than any', (r) => r.writeUInt32LE(LARGEST_PAYLOAD + 1, 36)],
    ['more stored bytes than there are', (r) => r.writeUInt32LE(201, 32)],
    ['more than deflate can compress', (r) => r.writeUInt32LE(200 * 1033, 36)],
    ['a date that is none', (r) => r.writeDoubleLE(Number.NaN, 40)],
    ['a date that nothing can follow', (r) => r.writeDoubleLE(1e300, 40)],
    ['a kind that is none', (r) => r.fill(0, 48, 80)],
    ['a kind that nobody can put', (r) => r.fill(7, 48, 80)],
  ])('is damaged: %s', (_what, change) => {
    expect(readHead(sealed(Buffer.from(record)), 0, marker)).toMatchObject({ key: key(1), stored: 200, bytes: 200 });
    const changed = Buffer.from(record);
    change(changed);
    expect(readHead(sealed(changed), 0, marker)).toBeNull();
  });

  it('and a payload that is not as long as it says is none', () => {
    const long = Buffer.from(encodeRecord('run', key(1), 1, new Uint8Array(5000)));
    expect(payloadOf(long)).toEqual(new Uint8Array(5000));
    long.writeUInt32LE(5001, 36);
    expect(payloadOf(sealed(long))).toBeNull();
  });
});

it('whatever a segment says, with checksums that fit, a store does not throw', () => {
  const original = folders.next();
  writeSegment(original, [1, 2, 3]);
  const name = path.basename(required(segmentsIn(original)[0]));
  const bytes = readFileSync(path.join(original, name));
  const size = HEAD + payload(1).length;
  // Everything in a record but its marker and its checksums.
  const change = fc.record({ record: fc.nat(2), at: fc.integer({ min: 32, max: size - 1 }), byte: fc.nat(255) });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
      const folder = folders.next();
      writeSegment(folder, [4]);
      const changed = Buffer.from(bytes);
      for (const { record, at, byte } of changes) changed[HEADER + record * size + at] = byte;
      for (let n = 0; n < 3; n++) sealed(changed.subarray(HEADER + n * size, HEADER + (n + 1) * size));
      const file = path.join(folder, name);
      writeFileSync(file, changed);
      const store = Store.open(folder);
      for (const entry of [...store.entries()]) {
        const found = store.get(entry.kind, entry.key);
        if (found) expect(found.length).toBe(entry.bytes);
        store.put(entry.kind, entry.key, payload(9));
        expect(store.get(entry.kind, entry.key)).toEqual(payload(9));
      }
      store.flush();
      for (const { kind, key } of [...store.entries()]) expect(store.get(kind, key)).toEqual(payload(9));
      store.close();
      expect(store.problem).toBeNull();
      expect(verify(folder).problem).toBeNull();
      expect(mergeInto(folders.next(), [folder]).problems).toEqual([]);
      expect(prune(folder, { limit: 100 }).problem).toBeNull();
    }),
    { numRuns: 150 },
  );
});

it('a record is found by its marker alone', () => {
  const folder = folders.next();
  writeSegment(folder, [1]);
  const file = required(segmentsIn(folder)[0]);
  const record = readFileSync(file).subarray(HEADER);
  expect(readHead(record, 0, markerOf(path.basename(file)))).not.toBeNull();
  expect(readHead(record, 0, markerOf('0'.repeat(32)))).toBeNull();
});
