import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { prune } from '../../../extension/store/prune.ts';
import { HEAD } from '../../../extension/store/record.ts';
import { HEADER, VERSION } from '../../../extension/store/segment.ts';
import { Store } from '../../../extension/store/store.ts';
import { verify } from '../../../extension/store/verify.ts';
import { required } from '../required.ts';
import { key, noise, payload, StoreFolder, segmentsIn } from './storeFolder.ts';

const folders = new StoreFolder();
afterAll(() => folders.remove());

/** Payloads of different lengths. */
const COUNT = 5;
const lengthOf = (n: number) => [0, 7, 100, 40, 41][n]!;
const SIZE = (n: number) => HEAD + lengthOf(n);

/** A folder with two segments of `COUNT` records each, and an index. */
function twoSegments(): string {
  const folder = folders.next();
  for (const segment of [0, 1]) {
    const store = Store.open(folder);
    for (let n = 0; n < COUNT; n++)
      store.put('run', key(COUNT * segment + n), payload(COUNT * segment + n, lengthOf(n)));
    store.close();
  }
  prune(folder);
  return folder;
}

/** The segment that holds a key. */
const segmentOf = (folder: string, n: number) =>
  required(segmentsIn(folder).find((file) => readFileSync(file).includes(Buffer.from(key(n), 'hex'))));

const copyOf = (files: Map<string, Buffer>): string => {
  const folder = folders.next();
  mkdirSync(folder);
  for (const [name, bytes] of files) writeFileSync(path.join(folder, name), bytes);
  return folder;
};
const filesOf = (folder: string) =>
  new Map(readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name))]));

/** Numbers of the records that are found; throws if one has a wrong payload. */
function found(folder: string): number[] {
  const store = Store.open(folder);
  const numbers: number[] = [];
  for (let n = 0; n < 2 * COUNT; n++) {
    const bytes = store.get('run', key(n));
    if (bytes && Buffer.compare(bytes, payload(n, lengthOf(n % COUNT))) !== 0) throw new Error(`${n} is wrong`);
    if (bytes) numbers.push(n);
  }
  store.close();
  return numbers;
}

const all = Array.from({ length: 2 * COUNT }, (_, n) => n);

describe('a segment that was cut off', () => {
  const folder = twoSegments();
  const file = segmentOf(folder, 0);
  const whole = readFileSync(file);

  it.each(['with the index of the whole', 'without an index'])(
    'still gives its records before the cut, %s',
    (index) => {
      const files = filesOf(folder);
      if (index === 'without an index') files.delete('index.1');
      else expect(files.has('index.1')).toBe(true);
      const ends = Array.from({ length: COUNT }, (_, n) =>
        all.slice(0, n + 1).reduce((sum, i) => sum + SIZE(i), HEADER),
      );
      for (let length = 0; length < whole.length; length++) {
        const copy = copyOf(files);
        truncateSync(path.join(copy, path.basename(file)), length);
        const expected = all.filter((n) => n >= COUNT || ends[n]! <= length);
        if (found(copy).join() !== expected.join()) throw new Error(`${found(copy)} at ${length}`);
        const { good, bad, torn } = verify(copy);
        const isTorn = length > HEADER && !ends.includes(length);
        expect([good, bad.length, torn.length]).toEqual([expected.length, 0, isTorn ? 1 : 0]);
        rmSync(copy, { recursive: true });
      }
    },
  );
});

describe('bits that were flipped', () => {
  const folder = twoSegments();
  const files = filesOf(folder);
  const positions = [...files].filter(([name]) => name !== '.gitignore');

  /** Numbers of the records that a byte of a segment belongs to: none for those of its header. */
  function hit(name: string, at: number): number | null {
    if (!name.endsWith('.segment')) return null;
    const first = files.get(name)!.includes(Buffer.from(key(0), 'hex')) ? 0 : COUNT;
    let end = HEADER;
    for (let n = 0; n < COUNT; n++) {
      const start = end;
      end += SIZE(n);
      if (at >= start && at < end) return first + n;
    }
    return null;
  }

  const flips = fc.array(
    fc
      .constantFrom(...positions)
      .chain(([name, bytes]) => fc.record({ name: fc.constant(name), at: fc.nat(bytes.length - 1), bit: fc.nat(7) })),
    { minLength: 1, maxLength: 6 },
  );

  it('cost the records that they hit and no others, and never give a wrong payload', () => {
    let indexed = 0;
    fc.assert(
      fc.property(flips, (flips) => {
        const copy = copyOf(files);
        const changed = new Map<string, Buffer>();
        for (const { name, at, bit } of flips) {
          const bytes = changed.get(name) ?? Buffer.from(files.get(name)!);
          bytes[at]! ^= 1 << bit;
          changed.set(name, bytes);
        }
        for (const [name, bytes] of changed) writeFileSync(path.join(copy, name), bytes);
        const touched = new Set(
          flips
            .filter(({ name, at }) => changed.get(name)![at] !== files.get(name)![at])
            .map(({ name, at }) => hit(name, at)),
        );
        if (changed.has('index.1')) indexed++;
        expect(found(copy)).toEqual(all.filter((n) => !touched.has(n)));
        rmSync(copy, { recursive: true });
      }),
      { numRuns: 400, examples: positions.map(([name]) => [[{ name, at: 9, bit: 1 }]]) },
    );
    expect(indexed).toBeGreaterThan(50);
  });

  it('are counted', () => {
    const copy = copyOf(files);
    const name = path.basename(segmentOf(folder, 0));
    const bytes = Buffer.from(files.get(name)!);
    bytes[HEADER + SIZE(0) + 40]! ^= 4;
    writeFileSync(path.join(copy, name), bytes);
    expect(verify(copy)).toMatchObject({
      good: 2 * COUNT - 1,
      bad: [{ file: name, at: HEADER + SIZE(0), bytes: SIZE(1) }],
      torn: [],
    });
    writeFileSync(path.join(copy, 'index.1'), '');
    const store = Store.open(copy);
    expect(store.ignored).toEqual({ files: 0, damaged: 1, torn: 0 });
    store.close();
  });
});

it('takes nothing within a payload for a record, even behind a damaged head', () => {
  const folder = folders.next();
  const first = Store.open(folder);
  first.put('run', key(1), noise(2000));
  first.close();
  const inner = readFileSync(required(segmentsIn(folder)[0])).subarray(HEADER);
  const store = Store.open(folder);
  store.put('run', key(2), inner);
  store.put('run', key(3), payload(3));
  store.close();
  const file = segmentOf(folder, 3);
  const bytes = readFileSync(file);
  bytes[HEADER + 90]! ^= 1;
  writeFileSync(file, bytes);
  // Were it taken for a record, it would be found twice.
  expect(verify(folder)).toMatchObject({ good: 2, bad: [{ at: HEADER, bytes: HEAD + inner.length }] });
});

it('leaves segments of another version, links, folders and other names alone, and counts them', () => {
  const folder = twoSegments();
  const newer = segmentOf(folder, 0);
  const bytes = readFileSync(newer);
  bytes.writeUInt32LE(VERSION + 1, 8);
  bytes.writeUInt32LE(crc32(bytes.subarray(16, HEADER), crc32(bytes.subarray(0, 12))), 12);
  writeFileSync(newer, bytes);
  rmSync(path.join(folder, 'index.1'));
  const outside = folders.next();
  writeFileSync(outside, readFileSync(segmentOf(folder, COUNT)));
  symlinkSync(outside, path.join(folder, `${'1'.repeat(32)}.segment`));
  mkdirSync(path.join(folder, `${'2'.repeat(32)}.segment`));
  writeFileSync(path.join(folder, 'copy.segment'), readFileSync(outside));
  const numbers = all.slice(COUNT);
  for (const look of ['once', 'again']) {
    expect([look, found(folder)]).toEqual([look, numbers]);
    const store = Store.open(folder);
    expect(store.ignored).toEqual({ files: 4, damaged: 0, torn: 0 });
    store.close();
    expect(verify(folder)).toMatchObject({ good: COUNT, bad: [], torn: [] });
    expect(verify(folder).foreign).toHaveLength(4);
    expect(prune(folder, { limit: 1e6 })).toMatchObject({ removed: 0, problem: null });
  }
  expect(readFileSync(newer)).toEqual(bytes);
});

it('opens no pipe, which would wait for a writer', () => {
  const folder = twoSegments();
  execFileSync('mkfifo', [path.join(folder, `${'3'.repeat(32)}.segment`)]);
  rmSync(path.join(folder, 'index.1'));
  execFileSync('mkfifo', [path.join(folder, 'index.1')]);
  expect(found(folder)).toEqual(all);
});
