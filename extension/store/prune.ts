/** Makes a store small again, while other processes read it and append to it. */
import { fstatSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Catalogue } from './catalogue.ts';
import { compact } from './compaction.ts';
import type { Entry } from './entry.ts';
import { isTemporary } from './files.ts';
import { folderIsThere } from './folder.ts';
import { Lease, timeIn } from './lease.ts';
import { reasonOf } from './reasons.ts';
import { retention } from './retention.ts';
import { thisHost } from './segment.ts';

/**
 * Milliseconds for which segments that another machine appends to stay as they are: so long a network file system may
 * take to show it that its segment was renamed, and to show us what it has appended.
 */
const SETTLED = 3_600_000;

/** Milliseconds after which an unfinished file is one that a killed process has left. */
const LEFT = 3_600_000;

export interface PruneOptions {
  /** Bytes that the records may take. Default: no limit; then damaged and replaced records go, and small segments become one. */
  limit?: number;
  /** Records that stay whatever their age. Default: none. */
  keep?: (entry: Entry) => boolean;
  /** As for `Store.open`. */
  base?: string;
}

export interface Pruned {
  /** Records that have gone for their age. */
  removed: number;
  /** Bytes of all segments afterwards. */
  size: number;
  /** One sentence if it could not be done, or not to the end. No record that should stay is lost then. */
  problem: string | null;
}

/** Removes the oldest records until the others take at most `limit` bytes, and what is damaged or replaced. */
export function prune(folder: string, { limit = Number.POSITIVE_INFINITY, keep, base }: PruneOptions = {}): Pruned {
  const pruned: Pruned = { removed: 0, size: 0, problem: null };
  let lease: Lease | null = null;
  try {
    if (!folderIsThere(folder, base)) return pruned;
    lease = Lease.take(folder);
    if (!lease) return { ...pruned, problem: `The store ${folder} is being pruned by another process.` };
    removeLeftovers(folder);
    pruned.removed = rewrite(folder, limit, keep ?? (() => false), lease);
    const catalogue = new Catalogue(folder);
    catalogue.saveIndex(true);
    pruned.size = catalogue.size;
    catalogue.files.close();
  } catch (error) {
    pruned.problem = `The store ${folder} cannot be pruned: ${reasonOf(error)}.`;
  } finally {
    lease?.release();
  }
  return pruned;
}

/** @returns the number of records that have gone for their age */
function rewrite(folder: string, limit: number, keep: (entry: Entry) => boolean, lease: Lease): number {
  const catalogue = new Catalogue(folder);
  try {
    const { dropped, segments, removed } = retention(catalogue, limit, keep);
    const { retired } = catalogue.files.list();
    const now = timeIn(folder);
    const settled = segments.filter((id) => !retired.has(id) && isSettled(catalogue, id, now));
    compact(folder, [...settled, ...retired], dropped, () => lease.renew());
    return removed;
  } finally {
    catalogue.files.close();
  }
}

/** Whether no other machine appends to a segment. */
function isSettled({ files }: Catalogue, id: string, now: number): boolean {
  if (files.header(id)?.host.equals(thisHost)) return true;
  return now - fstatSync(files.descriptor(id)).mtimeMs > SETTLED;
}

function removeLeftovers(folder: string): void {
  const now = timeIn(folder);
  for (const name of readdirSync(folder).filter(isTemporary)) {
    const changed = lstatSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? now;
    if (now - changed > LEFT) rmSync(join(folder, name), { force: true });
  }
}
