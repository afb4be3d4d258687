import { readdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, expect, it, vi } from 'vitest';
import type { Entry } from '../../../extension/store/entry.ts';
import { prune } from '../../../extension/store/prune.ts';
import { HEAD } from '../../../extension/store/record.ts';
import { HEADER } from '../../../extension/store/segment.ts';
import { Store } from '../../../extension/store/store.ts';
import { verify } from '../../../extension/store/verify.ts';
import { required } from '../required.ts';
import { key, noise, numberOf, numbersIn, payload, StoreFolder, segmentsIn, writeSegment } from './storeFolder.ts';

const folders = new StoreFolder();
afterAll(() => folders.remove());

const RECORD = HEAD + 1000;

/** A store with ten records of `RECORD` bytes, each a second younger than the one before, in two segments. */
function ten(): string {
  const folder = folders.next();
  const clock = vi.spyOn(Date, 'now');
  try {
    for (const numbers of [
      [0, 2, 4, 6, 8],
      [1, 3, 5, 7, 9],
    ]) {
      const store = Store.open(folder);
      for (const n of numbers) {
        clock.mockReturnValue(1e12 + 1000 * n);
        store.put('run', key(n), noise(1000));
      }
      store.close();
    }
  } finally {
    clock.mockRestore();
  }
  return folder;
}

it('removes the oldest records, but those that are to be kept', () => {
  const folder = ten();
  const before = Store.open(folder);
  const payloads = new Map([...before.entries()].map((entry) => [entry.key, before.get('run', entry.key)]));
  before.close();
  const keep = ({ key }: Entry) => [1, 4].includes(numberOf(key));
  expect(prune(folder, { limit: 5 * RECORD, keep })).toEqual({ removed: 5, size: 5 * RECORD + HEADER, problem: null });
  expect(numbersIn(folder)).toEqual([1, 4, 7, 8, 9]);
  const store = Store.open(folder);
  for (const entry of store.entries()) {
    expect(store.get('run', entry.key)).toEqual(payloads.get(entry.key));
    expect(entry.date).toBe(1e12 + 1000 * numberOf(entry.key));
  }
  store.close();
  expect(verify(folder)).toMatchObject({ good: 5, bad: [], torn: [] });
  expect(readdirSync(folder).filter((name) => /tmp|retired|lease/.test(name))).toEqual([]);
});

it('leaves a store alone that is small enough', () => {
  const folder = ten();
  const before = segmentsIn(folder).map((file) => [file, statSync(file).mtimeMs]);
  expect(prune(folder, { limit: 10 * RECORD })).toMatchObject({ removed: 0, problem: null });
  expect(segmentsIn(folder).map((file) => [file, statSync(file).mtimeMs])).toEqual(before);
  expect(prune(folders.next(), { limit: 0 })).toEqual({ removed: 0, size: 0, problem: null });
});

it('removes everything when nothing may stay', () => {
  const folder = ten();
  expect(prune(folder, { limit: 0 })).toEqual({ removed: 10, size: 0, problem: null });
  expect(segmentsIn(folder)).toEqual([]);
});

it('removes what is damaged, torn or replaced', () => {
  const folder = ten();
  const [first, second] = segmentsIn(folder).map((file) => required(file)) as [string, string];
  const damaged = readFileSync(first);
  damaged[HEADER + 20]! ^= 1;
  writeFileSync(first, damaged);
  writeFileSync(second, readFileSync(second).subarray(0, -1));
  const store = Store.open(folder);
  store.put('run', key(4), payload(4));
  store.put('run', key(5), payload(5));
  store.close();
  const left = numbersIn(folder);
  expect(prune(folder)).toMatchObject({ removed: 0, problem: null });
  const { good, bad, torn } = verify(folder);
  expect([bad, torn]).toEqual([[], []]);
  const after = Store.open(folder);
  expect([after.get('run', key(4)), after.get('run', key(5))]).toEqual([payload(4), payload(5)]);
  after.close();
  // One damaged and one torn.
  expect([left.length, good]).toEqual([8, 8]);
});

it('keeps an earlier payload where the one that replaced it is damaged', () => {
  const folder = folders.next();
  writeSegment(folder, [1, 2, 3]);
  const earlier = required(segmentsIn(folder)[0]);
  const store = Store.open(folder);
  store.put('run', key(2), payload(22));
  store.close();
  const later = required(segmentsIn(folder).find((file) => file !== earlier));
  const bytes = readFileSync(later);
  bytes[bytes.length - 1]! ^= 1;
  writeFileSync(later, bytes);
  expect(prune(folder)).toMatchObject({ problem: null });
  const after = Store.open(folder);
  expect([1, 2, 3].map((n) => after.get('run', key(n)))).toEqual([1, 2, 3].map((n) => payload(n)));
  after.close();
});

it('makes one segment of many small ones', () => {
  const folder = folders.next();
  for (let n = 0; n < 20; n++) writeSegment(folder, [n]);
  expect(prune(folder)).toMatchObject({ removed: 0, problem: null });
  expect(segmentsIn(folder)).toHaveLength(1);
  expect(numbersIn(folder)).toEqual(Array.from({ length: 20 }, (_, n) => n));
});

it('takes the segments away from under a store that writes, and one that reads', () => {
  const folder = folders.next();
  const [writer, reader] = [Store.open(folder), Store.open(folder)];
  for (let round = 0; round < 5; round++) {
    writer.put('run', key(round), payload(round));
    writer.put('other', key(round), payload(round));
    writer.flush();
    reader.refresh();
    expect(prune(folder, { limit: 0, keep: ({ kind }) => kind === 'run' })).toMatchObject({
      removed: 1,
      problem: null,
    });
    for (let n = 0; n <= round; n++) {
      expect(reader.get('run', key(n))).toEqual(payload(n));
      expect(writer.get('run', key(n))).toEqual(payload(n));
    }
    reader.refresh();
    expect([...reader.entries('other')]).toEqual([]);
  }
  writer.close();
  reader.close();
  expect([numbersIn(folder), numbersIn(folder, 'other')]).toEqual([[0, 1, 2, 3, 4], []]);
});

it('goes on where another pruning was killed', () => {
  const folder = ten();
  const segment = required(segmentsIn(folder)[0]);
  renameSync(segment, segment.replace('.segment', '.retired'));
  const [recent, old] = ['1', '2'].map((digit) => path.join(folder, `${digit.repeat(32)}.tmp`)) as [string, string];
  for (const file of [recent, old]) writeFileSync(file, 'unfinished');
  utimesSync(old, 1e9, 1e9);
  expect(numbersIn(folder)).toHaveLength(10);
  expect(prune(folder)).toMatchObject({ removed: 0, problem: null });
  expect(numbersIn(folder)).toHaveLength(10);
  expect(readdirSync(folder).filter((name) => /tmp|retired/.test(name))).toEqual([path.basename(recent)]);
});

it('leaves a segment alone that another machine may be writing', () => {
  const folder = ten();
  for (const file of segmentsIn(folder)) {
    const bytes = readFileSync(file);
    bytes[16]! ^= 1;
    bytes.writeUInt32LE(crc32(bytes.subarray(16, HEADER), crc32(bytes.subarray(0, 12))), 12);
    writeFileSync(file, bytes);
  }
  const [fresh, settled] = segmentsIn(folder) as [string, string];
  utimesSync(settled, new Date(), new Date(Date.now() - 7_200_000));
  prune(folder, { limit: 0 });
  expect(segmentsIn(folder)).toEqual([fresh]);
});

it('is done by a store that is closed with more than its limit', () => {
  const folder = ten();
  const limit = 9 * RECORD;
  const reader = Store.open(folder, { limit, readOnly: true });
  reader.close();
  expect(numbersIn(folder)).toHaveLength(10);
  const store = Store.open(folder, { limit, keep: ({ key }) => numberOf(key) === 0 });
  store.put('run', key(10), noise(1000));
  store.close();
  expect(numbersIn(folder)).toEqual([0, 5, 6, 7, 8, 9, 10]);
});
