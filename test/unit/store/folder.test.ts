import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Store } from '../../../extension/store/store.ts';
import { key, noise, numbersIn, payload, StoreFolder, segmentsIn, writeSegment } from './storeFolder.ts';

const folders = new StoreFolder();
afterAll(() => folders.remove());

const isRoot = process.getuid?.() === 0;

/** The problem of a store into which a record is put, which must then be in memory. */
function problemOf(folder: string, base?: string): string | null {
  const store = Store.open(folder, { base });
  store.put('run', key(7), payload(7));
  store.flush();
  expect(store.get('run', key(7))).toEqual(payload(7));
  expect([...store.entries()].map((entry) => entry.key)).toContain(key(7));
  store.sync();
  const { problem } = store;
  store.close();
  return problem;
}

const sentence = (folder: string, use: string, reason: string) =>
  `The store ${folder} cannot be ${use}: ${reason}. What is new stays in memory.`;

describe('a store whose folder is none', () => {
  it('is in memory where a file is in its place', () => {
    const folder = folders.next();
    writeFileSync(folder, 'precious');
    expect(problemOf(folder)).toBe(sentence(folder, 'read', 'a file is in the way'));
    expect(problemOf(path.join(folder, 'below'))).toBe(
      sentence(path.join(folder, 'below'), 'read', 'a file is in the way'),
    );
    expect(readFileSync(folder, 'utf8')).toBe('precious');
  });

  it('is in memory where a link is in its place, or on the way from its base', () => {
    const [target, outer] = [folders.next(), folders.next()];
    writeSegment(target, [1]);
    const before = readdirSync(target);
    mkdirSync(outer);
    const link = path.join(outer, '.depth-lab');
    symlinkSync(target, link);
    expect(problemOf(link)).toBe(sentence(link, 'read', 'it is a link'));
    const below = path.join(link, 'store');
    expect(problemOf(below, outer)).toBe(sentence(below, 'read', `${link} is a link`));
    expect(readdirSync(target)).toEqual(before);
    // Above its base, links are the user's own.
    expect(problemOf(below, link)).toBeNull();
    expect(numbersIn(path.join(target, 'store'))).toEqual([7]);
  });

  it('is in memory where no folder can be made', () => {
    expect(problemOf('/proc/depth-lab/store')).toMatch(
      /^The store \/proc\/depth-lab\/store cannot be written: .*\. What is new stays in memory\.$/,
    );
  });

  it('is written once the folder can be made: the next sync tries again', () => {
    const folder = folders.next();
    writeFileSync(folder, '');
    const store = Store.open(folder);
    store.put('run', key(1), payload(1));
    store.sync();
    expect(store.problem).toBe(sentence(folder, 'read', 'a file is in the way'));
    rmSync(folder);
    store.put('run', key(2), payload(2));
    store.sync();
    expect(store.problem).toBeNull();
    expect(numbersIn(folder)).toEqual([1, 2]);
    store.close();
  });
});

it('writes through no link in the folder', () => {
  const [folder, target] = [folders.next(), folders.next()];
  mkdirSync(folder);
  writeFileSync(target, 'precious');
  for (const name of ['.gitignore', 'index.1', 'lease']) symlinkSync(target, path.join(folder, name));
  const store = Store.open(folder, { limit: 1 });
  store.put('run', key(1), noise(100));
  store.put('run', key(2), noise(100));
  store.sync();
  expect(store.problem).toBeNull();
  store.close();
  expect(readFileSync(target, 'utf8')).toBe('precious');
});

it.skipIf(isRoot)('is in memory where the folder may only be read (root may write there as well)', () => {
  const folder = folders.next();
  writeSegment(folder, [1]);
  chmodSync(folder, 0o500);
  try {
    expect(problemOf(folder)).toBe(sentence(folder, 'written', 'permission is missing'));
    expect(numbersIn(folder)).toEqual([1]);
    chmodSync(folder, 0);
    expect(problemOf(folder)).toBe(sentence(folder, 'read', 'permission is missing'));
  } finally {
    chmodSync(folder, 0o700);
  }
});

/** Why no small file system can be mounted here; null if one can. */
function withoutMounts(): string | null {
  if (process.platform !== 'linux' || !isRoot) return 'only root mounts one, on Linux';
  const place = folders.next();
  mkdirSync(place);
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place], { encoding: 'utf8' });
  if (status !== 0) return stderr;
  execFileSync('umount', [place]);
  return null;
}
const unmountable = withoutMounts();

describe.skipIf(unmountable)(`on a full disk${unmountable ? ` (skipped: ${unmountable.trim()})` : ''}`, () => {
  it('keeps in memory what finds no room, and writes it when there is room again', () => {
    const place = folders.next();
    mkdirSync(place);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place]);
    try {
      const folder = path.join(place, 'store');
      const ballast = path.join(place, 'ballast');
      writeFileSync(ballast, noise(300_000));
      const store = Store.open(folder);
      const payloads = Array.from({ length: 30 }, () => noise(30_000));
      let acknowledged = 0;
      for (const [n, bytes] of payloads.entries()) {
        store.put('run', key(n), bytes);
        store.flush();
        if (!store.problem) acknowledged = n + 1;
      }
      expect(store.problem).toBe(sentence(folder, 'written', 'no space is left on the disk'));
      expect(acknowledged).toBeGreaterThan(10);
      expect(acknowledged).toBeLessThan(30);
      const isThere = (n: number) => Buffer.compare(store.get('run', key(n)) ?? Buffer.alloc(0), payloads[n]!) === 0;
      expect(payloads.map((_, n) => n).filter((n) => !isThere(n))).toEqual([]);
      // Others find what was acknowledged, and nothing torn.
      expect(numbersIn(folder)).toEqual(payloads.map((_, n) => n).slice(0, acknowledged));
      rmSync(ballast);
      store.sync();
      expect(store.problem).toBeNull();
      expect(numbersIn(folder)).toEqual(payloads.map((_, n) => n));
      expect(segmentsIn(folder)).toHaveLength(2);
      store.close();
    } finally {
      execFileSync('umount', [place]);
    }
  });
});
