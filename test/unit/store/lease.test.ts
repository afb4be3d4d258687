import { existsSync, mkdirSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { EXPIRES, Lease } from '../../../extension/store/lease.ts';
import { prune } from '../../../extension/store/prune.ts';
import { required } from '../required.ts';
import { StoreFolder } from './storeFolder.ts';

const folders = new StoreFolder();
afterAll(() => folders.remove());

function place(): { folder: string; file: string } {
  const folder = folders.next();
  mkdirSync(folder);
  return { folder, file: path.join(folder, 'lease') };
}

/** Makes a lease look as if it had not been renewed for so long. */
function age(file: string, milliseconds: number): void {
  const then = new Date(Date.now() - milliseconds);
  utimesSync(file, then, then);
}

it('is held by one at a time', () => {
  const { folder, file } = place();
  const lease = required(Lease.take(folder));
  expect(Lease.take(folder)).toBeNull();
  expect(prune(folder).problem).toBe(`The store ${folder} is being pruned by another process.`);
  lease.release();
  expect(existsSync(file)).toBe(false);
  required(Lease.take(folder)).release();
});

it('ends by itself, and the one that held it does not end that of the next', () => {
  const { folder, file } = place();
  const killed = required(Lease.take(folder));
  age(file, EXPIRES / 2);
  expect(Lease.take(folder)).toBeNull();
  age(file, EXPIRES + 10_000);
  const next = required(Lease.take(folder));
  killed.release();
  expect(Lease.take(folder)).toBeNull();
  next.release();
  expect(existsSync(file)).toBe(false);
});
