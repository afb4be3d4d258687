import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { checksum } from '../../../extension/store/checksum.ts';
import { prune } from '../../../extension/store/prune.ts';
import { type Location, SortedIndex } from '../../../extension/store/sortedIndex.ts';
import { Store } from '../../../extension/store/store.ts';
import { verify } from '../../../extension/store/verify.ts';
import { required } from '../required.ts';
import { key, payload, StoreFolder, writeSegment } from './storeFolder.ts';

const folders = new StoreFolder();
afterAll(() => folders.remove());

const segments = ['0', 'f'].map((digit) => ({ id: digit.repeat(32), end: 5000, size: 5000, damaged: 0 }));

const location = fc.record({
  kind: fc.constantFrom('a', 'ab', 'b', 'x'.repeat(32)),
  key: fc.integer({ min: 0, max: 20 }).map(key),
  segment: fc.constantFrom(...segments.map(({ id }) => id)),
  at: fc.integer({ min: 0, max: 2 ** 40 }),
  date: fc.integer({ min: 0, max: 5 }),
  stored: fc.nat(1000),
  bytes: fc.nat(1000),
});

const parse = (bytes: Buffer) => required(SortedIndex.parse(bytes));

describe('the index', () => {
  it('finds every record, the newest first, and no other', () => {
    fc.assert(
      fc.property(fc.array(location, { maxLength: 60 }), (locations) => {
        const index = parse(SortedIndex.encode(segments, locations));
        expect(index.length).toBe(locations.length);
        expect(index.segments).toEqual(segments);
        for (const kind of ['a', 'ab', 'b', 'c', 'x'.repeat(32)]) {
          for (let n = 0; n <= 21; n++) {
            const found = index.find(kind, key(n));
            const expected = locations.filter((one) => one.kind === kind && one.key === key(n));
            expect(new Set(found)).toEqual(new Set(expected));
            expect(found.map(({ date }) => date)).toEqual(expected.map(({ date }) => date).sort((a, b) => b - a));
          }
        }
        expect(new Set(index.locations())).toEqual(new Set(locations));
      }),
      { numRuns: 50 },
    );
  });

  it('is not believed where a byte has changed or is missing', () => {
    const file = SortedIndex.encode(segments, fc.sample(location, 3));
    for (let at = 0; at < file.length; at++) {
      const changed = Buffer.from(file);
      changed[at]! ^= 1 << (at % 8);
      // The last 8 bytes of the header are in the checksum as well.
      expect(SortedIndex.parse(changed)).toBeNull();
      expect(SortedIndex.parse(file.subarray(0, at))).toBeNull();
    }
    expect(SortedIndex.parse(Buffer.concat([file, Buffer.alloc(96)]))).toBeNull();
  });

  it('skips rows that make no sense, even if its checksum fits', () => {
    const good: Location = { kind: 'a', key: key(1), segment: segments[0]!.id, at: 32, date: 1, stored: 1, bytes: 1 };
    const file = SortedIndex.encode(segments, [good, { ...good, key: key(2) }, { ...good, key: key(3) }]);
    const row = (n: number) => file.length - 96 * (3 - n);
    file.writeUInt32LE(7, row(0) + 80);
    file.writeDoubleLE(Number.NaN, row(1) + 64);
    const whole = Buffer.concat([checksum(file.subarray(0, 24)), checksum(file.subarray(40))]);
    checksum(whole).copy(file, 24);
    const index = parse(file);
    expect([...index.locations()]).toEqual([{ ...good, key: key(3) }]);
    expect([index.find('a', key(1)), index.find('a', key(2))]).toEqual([[], []]);
  });
});

it('whatever an index says, with a checksum that fits, a store does not throw and gives no wrong payload', () => {
  const original = folders.next();
  writeSegment(original, [1, 2, 3]);
  prune(original);
  const files = new Map(readdirSync(original).map((name) => [name, readFileSync(path.join(original, name))]));
  const file = required(files.get('index.1'));
  const change = fc.record({ at: fc.nat(file.length - 1), byte: fc.constantFrom(0, 1, 127, 128, 255, 64, 240) });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
      const folder = folders.next();
      mkdirSync(folder);
      const changed = Buffer.from(file);
      for (const { at, byte } of changes) changed[at] = byte;
      const whole = Buffer.concat([checksum(changed.subarray(0, 24)), checksum(changed.subarray(40))]);
      checksum(whole).copy(changed, 24);
      for (const [name, bytes] of files) writeFileSync(path.join(folder, name), name === 'index.1' ? changed : bytes);
      const store = Store.open(folder);
      for (const n of [1, 2, 3]) {
        const found = store.get('run', key(n));
        if (found) expect(found).toEqual(payload(n));
        store.put('run', key(n), payload(n + 10));
        store.flush();
        expect(store.get('run', key(n))).toEqual(payload(n + 10));
      }
      for (const { kind, key } of store.entries()) store.get(kind, key);
      expect(store.problem).toBeNull();
      store.close();
      // What the index hides is not pruned.
      expect(prune(folder)).toMatchObject({ removed: 0, problem: null });
      expect(verify(folder)).toMatchObject({ bad: [] });
    }),
    { numRuns: 150 },
  );
});
