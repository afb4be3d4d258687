/** Knows which records are in the segments of a folder, and where. */
import { nameOf } from './entry.ts';
import { SegmentFiles } from './files.ts';
import { readIndex, writeIndex } from './indexFile.ts';
import { HEAD, type Head, readHead } from './record.ts';
import { scan } from './scan.ts';
import { HEADER, markerOf, VERSION } from './segment.ts';
import { type Known, type Location, newestFirst, type SortedIndex } from './sortedIndex.ts';

/** So many records behind the index do not pay for writing it again. */
const FEW = 2000;

/** What opening a segment costs, in records that are read. */
const SEGMENT_COST = 5;

/** Listings of the folder until it stands still. */
const LISTINGS = 4;

export class Catalogue {
  readonly files: SegmentFiles;
  /** The segments that are there now. */
  readonly segments = new Map<string, Known>();
  /** Names of files that look like segments and were left alone: of another version, links, unreadable ones. */
  readonly foreign = new Set<string>();
  private index: SortedIndex | null;
  /** Records behind the index, by kind and key. */
  private readonly recent = new Map<string, Location[]>();
  private recentCount = 0;
  /** There is an index that is of no use. */
  private rebuilt: boolean;

  /** Throws the system's error if the folder cannot be read. */
  constructor(readonly folder: string) {
    this.files = new SegmentFiles(folder);
    const { index, damaged } = readIndex(folder);
    this.index = index;
    this.rebuilt = damaged;
    for (const known of index?.segments ?? []) this.segments.set(known.id, { ...known });
    this.refresh();
  }

  /** Sees what others have added or taken away. Throws the system's error if the folder cannot be read. */
  refresh(): void {
    const { sizes, foreign } = this.listing();
    this.foreign.clear();
    for (const name of foreign) this.foreign.add(name);
    for (const id of [...this.segments.keys()]) {
      if (sizes.has(id)) continue;
      this.segments.delete(id);
      this.files.release(id);
    }
    for (const [id, size] of sizes) {
      const known = this.segments.get(id);
      if (known && size < known.end) {
        this.rebuild();
        return;
      }
      if (known?.size !== size) this.look(id, size);
    }
  }

  /** Reads all segments anew: index and segments disagree. */
  rebuild(): void {
    this.rebuilt = true;
    this.index = null;
    this.recent.clear();
    this.recentCount = 0;
    for (const id of [...this.segments.keys()]) this.files.release(id);
    this.segments.clear();
    this.refresh();
  }

  /** Where the records of a kind and key are, the newest first. */
  find(kind: string, key: string): Location[] {
    const found = [...(this.recent.get(nameOf({ kind, key })) ?? []), ...(this.index?.find(kind, key) ?? [])];
    return found.filter(({ segment }) => this.segments.has(segment)).sort(newestFirst);
  }

  /** The bytes of a record; null if they are not there, or belong to another one. */
  read(location: Location): Buffer | null {
    const { segment, at, stored } = location;
    const record = this.files.record(segment, at, stored);
    const head = record && readHead(record, 0, markerOf(segment));
    const isSame = head && nameOf(head) === nameOf(location) && head.date === location.date && head.stored === stored;
    return isSame && head.bytes === location.bytes ? record : null;
  }

  /** All records, duplicates included; those of one kind and key one after the other, the newest first. */
  *locations(): Generator<Location> {
    for (const { kind, key } of [...this.recent.values()].map(([first]) => first!)) yield* this.find(kind, key);
    for (const location of this.index?.locations() ?? []) {
      if (!this.segments.has(location.segment)) continue;
      if (this.recentCount === 0 || !this.recent.has(nameOf(location))) yield location;
    }
  }

  /** Notes a record that this process has written at the end of a segment. */
  add(id: string, at: number, head: Head): void {
    const end = at + HEAD + head.stored;
    const known = this.segments.get(id) ?? { id, end, size: end, damaged: 0 };
    this.segments.set(id, { ...known, end, size: end });
    this.note(id, at, head);
  }

  /** Bytes on the disk. */
  get size(): number {
    let size = 0;
    for (const known of this.segments.values()) size += known.size;
    return size;
  }

  /** Writes the index where opening the store again would take long without. */
  saveIndex(always = false): void {
    const indexed = new Set(this.index?.segments.map(({ id }) => id));
    const news = [...this.segments.keys()].filter((id) => !indexed.has(id)).length;
    const worth = this.recentCount + SEGMENT_COST * news > FEW + (this.index?.length ?? 0) / 8;
    if (!always && !worth && !(this.rebuilt && this.recentCount > 0)) return;
    const index = writeIndex(this.folder, [...this.segments.values()], [...this.locations()]);
    if (!index) return;
    this.index = index;
    this.recent.clear();
    this.recentCount = 0;
    this.rebuilt = false;
  }

  /** What is in the folder. A pruning may replace segments while it is listed: then it is listed again. */
  private listing(): ReturnType<SegmentFiles['list']> {
    let known: Iterable<string> = this.segments.keys();
    for (let count = 1; ; count++) {
      const listing = this.files.list();
      if (count === LISTINGS || [...known].every((id) => listing.sizes.has(id))) return listing;
      known = [...listing.sizes.keys()];
    }
  }

  /** Reads what is new in a segment. */
  private look(id: string, size: number): void {
    try {
      let known = this.segments.get(id);
      if (!known) {
        // A damaged header hides no records: they say for themselves whether they are whole.
        if ((this.files.header(id)?.version ?? VERSION) !== VERSION) throw new Error('of another version');
        known = { id, end: HEADER, size, damaged: 0 };
      }
      const found = (head: Head, at: number) => this.note(id, at, head);
      const { end, damaged } = scan(this.files.descriptor(id), markerOf(id), known.end, size, found);
      this.segments.set(id, { id, end, size, damaged: known.damaged + damaged.length });
    } catch {
      this.segments.delete(id);
      this.foreign.add(`${id}.segment`);
    }
  }

  private note(segment: string, at: number, { kind, key, date, stored, bytes }: Head): void {
    const location = { segment, at, kind, key, date, stored, bytes };
    const name = nameOf(location);
    const others = this.recent.get(name);
    if (others) others.push(location);
    else this.recent.set(name, [location]);
    this.recentCount++;
  }
}
