import { execFile } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FULL } from '../../../extension/store/segment.ts';
import { Store } from '../../../extension/store/store.ts';
import { verify } from '../../../extension/store/verify.ts';
import { required } from '../required.ts';
import { key, noise, numbersIn, payload, StoreFolder, segmentsIn } from './storeFolder.ts';

const folders = new StoreFolder();
const programs = mkdtempSync(path.join(tmpdir(), 'depth-lab-writers-'));
const program = path.join(programs, 'writer.mjs');
const sources = path.join(import.meta.dirname, '../../..');

/** Puts 300 records from a number on, each acknowledged for itself, and reads those of others meanwhile. */
const script = `
import { Store } from '${sources}/extension/store/store.ts';
import { key, payload } from '${sources}/test/unit/store/storeFolder.ts';
const [folder, first] = process.argv.slice(2);
const store = Store.open(folder);
for (let n = Number(first); n < Number(first) + 300; n++) {
  store.put('run', key(n), payload(n));
  store.flush();
  store.refresh();
}
store.close();
if (store.problem) throw new Error(store.problem);
`;

beforeAll(async () => {
  await build({
    stdin: { contents: script, resolveDir: programs, loader: 'ts' },
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
  });
});
afterAll(() => {
  folders.remove();
  rmSync(programs, { recursive: true });
});

it('loses nothing when three processes append at once', async () => {
  const folder = folders.next();
  const writers = [0, 1000, 2000];
  await Promise.all(writers.map((first) => promisify(execFile)(process.execPath, [program, folder, String(first)])));
  const numbers = writers.flatMap((first) => Array.from({ length: 300 }, (_, i) => first + i));
  expect(numbersIn(folder)).toEqual(numbers);
  expect(segmentsIn(folder)).toHaveLength(3);
  expect(verify(folder)).toMatchObject({ good: 900, bad: [], torn: [], foreign: [] });
  const store = Store.open(folder);
  expect(numbers.filter((n) => Buffer.compare(store.get('run', key(n)) ?? Buffer.alloc(0), payload(n)) !== 0)).toEqual(
    [],
  );
  store.close();
});

it('writes a batch again where its segment was renamed, and goes on in another', () => {
  const folder = folders.next();
  const store = Store.open(folder);
  store.put('run', key(1), payload(1));
  store.flush();
  const segment = required(segmentsIn(folder)[0]);
  renameSync(segment, segment.replace('.segment', '.retired'));
  const size = () => statSync(segment.replace('.segment', '.retired')).size;
  store.put('run', key(2), payload(2));
  store.flush();
  const before = size();
  store.put('run', key(3), payload(3));
  store.flush();
  expect(size()).toBe(before);
  expect(segmentsIn(folder)).toHaveLength(1);
  // What a pruning would take away now was written elsewhere, apart from what it had copied.
  rmSync(segment.replace('.segment', '.retired'));
  store.refresh();
  expect([1, 2, 3].map((n) => store.get('run', key(n)))).toEqual([null, payload(2), payload(3)]);
  store.close();
});

it('writes many records at once when nobody asks for it', () => {
  const folder = folders.next();
  const store = Store.open(folder);
  for (let n = 0; n < 5; n++) store.put('run', key(n), noise(2 ** 18));
  expect(numbersIn(folder)).toEqual([0, 1, 2, 3]);
  store.close();
  expect(numbersIn(folder)).toEqual([0, 1, 2, 3, 4]);
});

it('begins another segment when one is full', () => {
  const folder = folders.next();
  const store = Store.open(folder);
  const large = noise(FULL / 2 + 1);
  for (let n = 0; n < 3; n++) {
    store.put('run', key(n), large);
    store.flush();
  }
  expect(segmentsIn(folder)).toHaveLength(2);
  expect([0, 1, 2].every((n) => Buffer.compare(required(store.get('run', key(n))), large) === 0)).toBe(true);
  store.close();
});
