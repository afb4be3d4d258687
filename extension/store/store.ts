/** Keeps bytes by kind and key in a folder that any number of processes read and write at once, without locks. */
import { Catalogue } from './catalogue.ts';
import { type Entry, entryOf, nameOf } from './entry.ts';
import { folderIsThere } from './folder.ts';
import { type Kept, Memory } from './memory.ts';
import { prune } from './prune.ts';
import { reasonOf } from './reasons.ts';
import { encodeRecord, HEAD, type Head, LARGEST_PAYLOAD, LAST_DATE, payloadOf } from './record.ts';
import type { Location } from './sortedIndex.ts';
import { Writer } from './writer.ts';

/** Records of so many bytes are written at once, even if nobody asks for it. */
const BATCH = 2 ** 20;

/** Share of its limit that a store is pruned to, so that it is not pruned at every closing. */
const ROOM = 0.8;

/** With more segments opening takes long. */
const MANY = 256;

export interface StoreOptions {
  /** Writes nothing; what is put stays in memory. */
  readOnly?: boolean;
  /** Links on the way from here down to the folder are refused, those further up are the user's own. Default: the folder's parent. */
  base?: string;
  /** Bytes that segments may take: when the store is closed with more, the oldest records go. Default: no limit. */
  limit?: number;
  /** Records that stay whatever their age. Default: none. */
  keep?: (entry: Entry) => boolean;
}

/** What is in the folder and is not read. */
export interface Ignored {
  /** Files that look like segments: of another version, links, without permission. */
  files: number;
  /** Damaged pieces between records. Damage within a payload is found when it is read. */
  damaged: number;
  /** Segments that end in the middle of a record: a process was killed, or writes it now. */
  torn: number;
}

export class Store {
  private readonly memory = new Memory();
  private readonly writer: Writer;
  private catalogue: Catalogue | null = null;
  private sentence: string | null = null;
  /** The segments were read anew once; damaged ones do not become better. */
  private doubted = false;

  private constructor(
    readonly folder: string,
    private readonly options: StoreOptions,
  ) {
    this.writer = new Writer(folder, options.base);
    this.catalogue = this.openCatalogue();
  }

  /**
   * Opens a store. Its folder is made with the first record that is written. Whatever is in the folder, this does not
   * throw: see {@link problem} and {@link ignored}.
   */
  static open(folder: string, options: StoreOptions = {}): Store {
    return new Store(folder, options);
  }

  /** One sentence if the folder cannot be read or written: then records are kept in memory. */
  get problem(): string | null {
    return this.sentence;
  }

  /** Bytes of all segments on the disk. */
  get size(): number {
    return this.catalogue?.size ?? 0;
  }

  get ignored(): Ignored {
    const segments = [...(this.catalogue?.segments.values() ?? [])];
    return {
      files: this.catalogue?.foreign.size ?? 0,
      damaged: segments.reduce((sum, { damaged }) => sum + damaged, 0),
      torn: segments.filter(({ end, size }) => end < size).length,
    };
  }

  /** Whether there is a record. Whether it is whole is seen when it is read. */
  has(kind: string, key: string): boolean {
    return this.memory.get(kind, key) !== undefined || (this.catalogue?.find(kind, key).length ?? 0) > 0;
  }

  /**
   * The payload that was put last; null if there is none. Checked at every reading: where the last one is damaged, an
   * earlier one of the same kind and key takes its place. The bytes are the caller's own and begin at a multiple of 8 in
   * their buffer.
   */
  get(kind: string, key: string): Uint8Array | null {
    const kept = this.memory.get(kind, key);
    // A copy: the record itself may still be written.
    if (kept) return payloadOf(kept.record)?.slice() ?? null;
    const { catalogue } = this;
    if (!catalogue) return null;
    const locations = catalogue.find(kind, key);
    const records = locations.map((location) => catalogue.read(location));
    const payload = firstWhole(records);
    if (payload || locations.length === 0) return payload;
    // Either a pruning has moved the record, or index and segments disagree.
    this.refresh();
    const moved = this.read(catalogue.find(kind, key));
    if (moved || this.doubted || !records.includes(null)) return moved;
    this.doubted = true;
    this.attempt('read', () => catalogue.rebuild());
    return this.read(catalogue.find(kind, key));
  }

  /**
   * Puts a payload, from which it takes a copy. It is acknowledged by the next {@link flush}.
   * @returns false if it is larger than 256 MiB, and is not kept
   * @throws RangeError if kind or key are not what {@link Entry} says
   */
  put(kind: string, key: string, payload: Uint8Array): boolean {
    if (payload.length > LARGEST_PAYLOAD) return false;
    // Whatever the clock says, this one is newer than those before.
    const before = this.catalogue?.find(kind, key)[0]?.date ?? 0;
    const date = Math.min(Math.max(Date.now(), before + 1), LAST_DATE);
    const record = encodeRecord(kind, key, date, payload);
    this.keep({ kind, key, date, stored: record.length - HEAD, bytes: payload.length }, record);
    return true;
  }

  /** Puts a record that another store has. */
  adopt(head: Head, record: Buffer): void {
    this.keep(head, record);
  }

  /** Writes what was put. Unless there is a {@link problem} afterwards, it survives the end of this process by `kill -9`. */
  flush(): void {
    if (!this.options.readOnly && !this.sentence) this.attempt('written', () => this.write(this.memory.all()));
    this.memory.bound();
  }

  /** Writes what was put so that it survives a power cut. After a {@link problem}, it tries again. */
  sync(): void {
    if (this.options.readOnly) return;
    this.sentence = null;
    this.catalogue ??= this.openCatalogue();
    this.flush();
    if (!this.sentence) this.attempt('written', () => this.writer.sync());
  }

  /** Sees what other processes have written since. */
  refresh(): void {
    this.attempt('read', () => this.catalogue?.refresh());
  }

  /** All records, one for each kind and key, in no particular order. */
  *entries(kind?: string): Generator<Entry> {
    const kept = this.memory.all().map(({ head }) => head);
    const memory = new Set(kept.map(nameOf));
    yield* kept.filter((head) => kind === undefined || head.kind === kind).map(entryOf);
    let last = '';
    for (const location of this.catalogue?.locations() ?? []) {
      if (kind !== undefined && location.kind !== kind) continue;
      const name = nameOf(location);
      if (name === last || memory.has(name)) continue;
      last = name;
      yield entryOf(location);
    }
  }

  /** Writes what was put, and closes the files. */
  close(): void {
    this.flush();
    this.writer.close();
    if (!this.options.readOnly && !this.sentence) this.tidy();
    this.catalogue?.files.close();
  }

  /** Leaves the store so that it is small and opens fast. What cannot be done now is done another time. */
  private tidy(): void {
    const { limit = Number.POSITIVE_INFINITY, keep, base } = this.options;
    const { catalogue, size } = this;
    if (size > limit) prune(this.folder, { limit: ROOM * limit, keep, base });
    else if (catalogue && catalogue.segments.size > MANY) prune(this.folder, { keep, base });
    else catalogue?.saveIndex();
  }

  private openCatalogue(): Catalogue | null {
    return this.attempt('read', () => {
      folderIsThere(this.folder, this.options.base);
      const catalogue = new Catalogue(this.folder);
      if (!this.options.readOnly) catalogue.saveIndex();
      return catalogue;
    });
  }

  private write(kept: Kept[]): void {
    if (kept.length === 0) return;
    const written = this.writer.append(kept.map(({ record }) => record));
    let { at } = written;
    for (const { head, record } of kept) {
      this.catalogue?.add(written.segment, at, head);
      at += record.length;
    }
    this.memory.clear();
  }

  private keep(head: Head, record: Buffer): void {
    this.memory.add(head, record);
    if (this.memory.bytes >= BATCH) this.flush();
  }

  private read(locations: Location[]): Uint8Array | null {
    return firstWhole(locations.map((location) => this.catalogue?.read(location) ?? null));
  }

  private attempt<T>(use: 'read' | 'written', act: () => T): T | null {
    try {
      return act();
    } catch (error) {
      this.sentence = `The store ${this.folder} cannot be ${use}: ${reasonOf(error)}. What is new stays in memory.`;
      return null;
    }
  }
}

function firstWhole(records: (Buffer | null)[]): Uint8Array | null {
  for (const record of records) {
    const payload = record && payloadOf(record);
    if (payload) return payload;
  }
  return null;
}
