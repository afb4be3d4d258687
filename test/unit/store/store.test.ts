import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { LARGEST_PAYLOAD } from '../../../extension/store/record.ts';
import { Store } from '../../../extension/store/store.ts';
import { required } from '../required.ts';
import { key, noise, numbersIn, payload, StoreFolder, segmentsIn, writeSegment } from './storeFolder.ts';

const folders = new StoreFolder();
afterAll(() => folders.remove());

describe('a store', () => {
  it('gives back what was put: before it is written, after, and when it is opened again', () => {
    const text = 'const a = linear();\n';
    const record = fc.record({
      kind: fc.constantFrom('run', 'theory', 'x'.repeat(32)),
      key: fc.integer({ min: 0, max: 8 }).map(key),
      payload: fc.oneof(
        fc.uint8Array({ maxLength: 600 }),
        fc.integer({ min: 0, max: 400 }).map((times) => Buffer.from(text.repeat(times))),
        fc.integer({ min: 100, max: 9000 }).map(noise),
      ),
      after: fc.constantFrom('nothing', 'flush', 'refresh', 'reopen', 'sync'),
    });
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 20 }), (records) => {
        const folder = folders.next();
        let store = Store.open(folder);
        const expected = new Map<string, Uint8Array>();
        for (const { kind, key, payload, after } of records) {
          expect(store.put(kind, key, payload)).toBe(true);
          expected.set(`${kind} ${key}`, payload);
          if (after === 'flush' || after === 'refresh' || after === 'sync') store[after]();
          if (after === 'reopen') {
            store.close();
            store = Store.open(folder);
          }
          for (const [name, bytes] of expected) {
            const [kind = '', key = ''] = name.split(' ');
            const found = store.has(kind, key) ? store.get(kind, key) : null;
            if (!found || Buffer.compare(found, bytes) !== 0) throw new Error(`${name} is ${found}`);
          }
        }
        const entries = [...store.entries()];
        expect(entries.map(({ kind, key }) => `${kind} ${key}`).sort()).toEqual([...expected.keys()].sort());
        for (const { kind, key, bytes } of entries) expect(bytes).toBe(expected.get(`${kind} ${key}`)?.length);
        expect(store.problem).toBeNull();
        store.close();
      }),
      { numRuns: 40 },
    );
  });

  it('makes its folder, which no repository takes, with the first record', () => {
    const folder = path.join(folders.next(), 'a', 'b');
    const store = Store.open(folder);
    expect([store.has('run', key(1)), store.get('run', key(1)), [...store.entries()]]).toEqual([false, null, []]);
    store.flush();
    expect(() => readdirSync(folder)).toThrow('ENOENT');
    store.put('run', key(1), payload(1));
    store.flush();
    expect(readFileSync(path.join(folder, '.gitignore'), 'utf8')).toBe('*\n');
    expect(segmentsIn(folder)).toHaveLength(1);
    store.close();
  });

  it('keeps the same kind apart from another, and lists one alone', () => {
    const store = Store.open(folders.next());
    store.put('run', key(1), payload(1));
    store.put('theory', key(1), payload(2));
    store.flush();
    expect(store.get('run', key(1))).toEqual(payload(1));
    expect(store.get('theory', key(1))).toEqual(payload(2));
    expect([...store.entries('theory')]).toMatchObject([{ kind: 'theory', key: key(1), bytes: 40 }]);
    expect(Date.now() - required([...store.entries()][0]).date).toBeLessThan(60_000);
    store.close();
  });

  it('takes a copy of a payload, and gives copies', () => {
    const store = Store.open(folders.next());
    const bytes = payload(1);
    store.put('run', key(1), bytes);
    bytes.fill(0);
    required(store.get('run', key(1))).fill(1);
    store.flush();
    required(store.get('run', key(1))).fill(1);
    expect(store.get('run', key(1))).toEqual(payload(1));
    store.close();
  });

  it.each([8, 8000])('gives %d bytes so that numbers in them can be read in place', (length) => {
    const store = Store.open(folders.next());
    store.put('run', key(1), new Uint8Array(length).fill(3));
    store.put('run', key(2), noise(length));
    const offsets = () => [1, 2].map((n) => required(store.get('run', key(n))).byteOffset % 8);
    expect(offsets()).toEqual([0, 0]);
    store.flush();
    expect(offsets()).toEqual([0, 0]);
    store.close();
  });

  it('sees what others append, in the same segment and in new ones', () => {
    const folder = folders.next();
    const [mine, other] = [Store.open(folder), Store.open(folder)];
    for (const n of [1, 2, 3]) {
      other.put('run', key(n), payload(n));
      other.flush();
      mine.put('run', key(-n & 0xff), payload(-n & 0xff));
      mine.flush();
      mine.refresh();
      expect(mine.get('run', key(n))).toEqual(payload(n));
    }
    expect(segmentsIn(folder)).toHaveLength(2);
    mine.close();
    other.close();
    expect(numbersIn(folder)).toEqual([1, 2, 3, 253, 254, 255]);
  });

  it('shows the last of several payloads, and an earlier one where the last is damaged', () => {
    const folder = folders.next();
    writeSegment(folder, [1]);
    const [first] = segmentsIn(folder);
    const store = Store.open(folder);
    store.put('run', key(1), payload(2));
    store.flush();
    expect(store.get('run', key(1))).toEqual(payload(2));
    const second = required(segmentsIn(folder).find((file) => file !== first));
    const bytes = readFileSync(second);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(second, bytes);
    expect(store.get('run', key(1))).toEqual(payload(1));
    expect([...store.entries()]).toHaveLength(1);
    store.close();
  });

  it('takes the last one for the newest, even when the clock was set back', () => {
    const folder = folders.next();
    const clock = vi.spyOn(Date, 'now');
    try {
      for (const [n, time] of [2e12, 1e12, 1e12].entries()) {
        clock.mockReturnValue(time);
        const store = Store.open(folder);
        store.put('run', key(1), payload(n));
        store.flush();
        expect(store.get('run', key(1))).toEqual(payload(n));
        store.close();
      }
    } finally {
      clock.mockRestore();
    }
    expect(segmentsIn(folder)).toHaveLength(3);
  });

  it('writes nothing when it is only read', () => {
    const folder = folders.next();
    writeSegment(folder, [1]);
    const before = readdirSync(folder);
    const store = Store.open(folder, { readOnly: true });
    store.put('run', key(2), payload(2));
    store.sync();
    expect(store.get('run', key(1))).toEqual(payload(1));
    expect(store.get('run', key(2))).toEqual(payload(2));
    store.close();
    expect(store.problem).toBeNull();
    expect(readdirSync(folder)).toEqual(before);
    expect(numbersIn(folder)).toEqual([1]);
  });

  it('refuses what is no kind and no key', () => {
    const store = Store.open(folders.next());
    for (const kind of ['', 'a b', 'x'.repeat(33), 'é', 'a\0']) {
      expect(() => store.put(kind, key(1), payload(1))).toThrow(RangeError);
    }
    for (const wrong of ['', key(1).slice(1), `${key(1)}0`, `${key(10).slice(0, -1)}A`]) {
      expect(() => store.put('run', wrong, payload(1))).toThrow(RangeError);
    }
    expect([...store.entries()]).toEqual([]);
  });

  it('does not keep a payload that is too large', () => {
    const store = Store.open(folders.next());
    // Never touched, so that it takes no memory.
    expect(store.put('run', key(1), new Uint8Array(LARGEST_PAYLOAD + 1))).toBe(false);
    expect(store.has('run', key(1))).toBe(false);
  });
});
