/** Decides which records go and which segments are written anew. */
import type { Catalogue } from './catalogue.ts';
import { type Entry, entryOf, nameOf } from './entry.ts';
import { HEAD, payloadOf } from './record.ts';
import { FULL } from './segment.ts';
import type { Location } from './sortedIndex.ts';

/** So many small segments are put together into one. */
const MANY = 16;
const SMALL = FULL / 64;

export interface Retention {
  /** Positions of the records that go, by segment. */
  dropped: Map<string, Set<number>>;
  /** Segments that are written anew; those of which nothing stays come first, so that there is room for the others. */
  segments: string[];
  /** Records that go for their age. */
  removed: number;
}

/**
 * The oldest records go until the others take at most `limit` bytes, and with them those that a newer one has replaced.
 * @param keep records that stay whatever their age
 */
export function retention(catalogue: Catalogue, limit: number, keep: (entry: Entry) => boolean): Retention {
  const dropped = new Map<string, Set<number>>([...catalogue.segments.keys()].map((id) => [id, new Set()]));
  const drop = ({ segment, at }: Location) => dropped.get(segment)?.add(at);
  const live: Location[] = [];
  for (const group of groups(catalogue.locations())) {
    const stays = group.length === 1 ? group[0]! : newestWhole(catalogue, group);
    for (const location of group) if (location !== stays) drop(location);
    live.push(stays);
  }
  let total = live.reduce((sum, location) => sum + sizeOf(location), 0);
  let removed = 0;
  const stayed = new Map<string, number>();
  for (const location of live.sort((a, b) => a.date - b.date)) {
    if (total > limit && !keep(entryOf(location))) {
      drop(location);
      total -= sizeOf(location);
      removed++;
    } else stayed.set(location.segment, (stayed.get(location.segment) ?? 0) + sizeOf(location));
  }
  return { dropped, segments: segmentsToWrite(catalogue, dropped, stayed), removed };
}

function segmentsToWrite(
  catalogue: Catalogue,
  dropped: ReadonlyMap<string, ReadonlySet<number>>,
  stayed: ReadonlyMap<string, number>,
): string[] {
  const small = [...catalogue.segments.keys()].filter((id) => (stayed.get(id) ?? 0) < SMALL);
  const together = new Set(small.length >= MANY ? small : []);
  return [...catalogue.segments.values()]
    .filter(({ id, end, size, damaged }) => together.has(id) || dropped.get(id)!.size > 0 || damaged > 0 || end < size)
    .map(({ id }) => id)
    .sort((a, b) => Number(stayed.has(a)) - Number(stayed.has(b)));
}

/** Records of one kind and key, the newest first. */
function* groups(locations: Iterable<Location>): Generator<Location[]> {
  let group: Location[] = [];
  for (const location of locations) {
    if (group[0] && nameOf(group[0]) !== nameOf(location)) {
      yield group;
      group = [];
    }
    group.push(location);
  }
  if (group.length > 0) yield group;
}

function newestWhole(catalogue: Catalogue, group: readonly Location[]): Location {
  const isWhole = (location: Location) => {
    const record = catalogue.read(location);
    return record !== null && payloadOf(record) !== null;
  };
  return group.find(isWhole) ?? group[0]!;
}

const sizeOf = ({ stored }: Location) => HEAD + stored;
