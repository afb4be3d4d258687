/** Takes over the records of other stores, such as those that other machines have filled. */
import { Catalogue } from './catalogue.ts';
import { nameOf } from './entry.ts';
import { folderIsThere } from './folder.ts';
import { reasonOf } from './reasons.ts';
import { payloadOf } from './record.ts';
import { Store } from './store.ts';

export interface Merged {
  /** Records that were taken over, with the dates that they have. */
  added: number;
  /** Records that were there already. */
  present: number;
  /** Records of which no copy is whole; they were not taken over. */
  damaged: number;
  /** A sentence for each store that could not be read, and for this one if it could not be written. */
  problems: string[];
}

/** Adds to the store in a folder what others have and it has not. The others are only read. */
export function mergeInto(folder: string, others: readonly string[], base?: string): Merged {
  const merged: Merged = { added: 0, present: 0, damaged: 0, problems: [] };
  const store = Store.open(folder, { base });
  for (const other of others) {
    try {
      if (!folderIsThere(other)) throw new Error('there is no such folder');
      take(store, new Catalogue(other), merged);
    } catch (error) {
      merged.problems.push(`The store ${other} cannot be read: ${reasonOf(error)}.`);
    }
    if (store.problem) break;
  }
  store.sync();
  if (store.problem) merged.problems.push(store.problem);
  store.close();
  return merged;
}

function take(store: Store, other: Catalogue, merged: Merged): void {
  const damaged = new Set<string>();
  const done = new Set<string>();
  for (const location of other.locations()) {
    const { kind, key, date, stored, bytes } = location;
    const name = nameOf(location);
    if (done.has(name)) continue;
    // Not only `has`: a damaged record is replaced.
    if (store.get(kind, key)) merged.present++;
    else {
      const record = other.read(location);
      if (!record || !payloadOf(record)) {
        damaged.add(name);
        continue;
      }
      store.adopt({ kind, key, date, stored, bytes }, record);
      merged.added++;
    }
    done.add(name);
  }
  merged.damaged += [...damaged].filter((name) => !done.has(name)).length;
  other.files.close();
}
