/** Stores in folders of their own. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Store } from '../../../extension/store/store.ts';

/** A place for stores that goes when `remove` is called. */
export class StoreFolder {
  readonly path = mkdtempSync(path.join(tmpdir(), 'depth-lab-store-'));
  private count = 0;

  /** A folder that is not there yet. */
  next(): string {
    return path.join(this.path, String(++this.count));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Key number `n`. */
export const key = (n: number): string => 'a1'.repeat(28) + n.toString(16).padStart(8, '0');

/** The number of a key. */
export const numberOf = (key: string): number => Number.parseInt(key.slice(-8), 16);

/** Payload number `n`, of some bytes that say which one it is. */
export const payload = (n: number, length = 40): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (n * 31 + i * 7) & 0xff);

/** Another process's view of a folder: what is in a store that is opened now, by number of the key. */
export function numbersIn(folder: string, kind = 'run'): number[] {
  const store = Store.open(folder, { readOnly: true });
  const found = [...store.entries(kind)].map((entry) => numberOf(entry.key));
  store.close();
  return found.sort((a, b) => a - b);
}

/** Writes a segment of these numbers, as a process of its own would. */
export function writeSegment(folder: string, numbers: Iterable<number>, length?: number): void {
  const store = Store.open(folder);
  for (const n of numbers) store.put('run', key(n), payload(n, length));
  store.close();
}

export const segmentsIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.segment'))
    .map((name) => path.join(folder, name));

export const noise = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
