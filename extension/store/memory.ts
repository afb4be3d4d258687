/** Records that are not in a segment: not yet, or because none can be written. */
import { nameOf } from './entry.ts';
import type { Head } from './record.ts';

/** Where nothing can be written, so many bytes are kept; the oldest records go. */
const MOST = 2 ** 28;

export interface Kept {
  head: Head;
  record: Buffer;
}

export class Memory {
  private readonly kept = new Map<string, Kept>();
  /** Of all records together. */
  bytes = 0;

  add(head: Head, record: Buffer): void {
    const name = nameOf(head);
    this.remove(name);
    this.kept.set(name, { head, record });
    this.bytes += record.length;
  }

  get(kind: string, key: string): Kept | undefined {
    return this.kept.get(nameOf({ kind, key }));
  }

  /** In the order in which they came. */
  all(): Kept[] {
    return [...this.kept.values()];
  }

  clear(): void {
    this.kept.clear();
    this.bytes = 0;
  }

  /** Forgets the oldest records where there are too many. */
  bound(): void {
    for (const name of this.kept.keys()) {
      if (this.bytes <= MOST) return;
      this.remove(name);
    }
  }

  private remove(name: string): void {
    this.bytes -= this.kept.get(name)?.record.length ?? 0;
    this.kept.delete(name);
  }
}
