/** The stores of an engine: one for each folder, opened when it is first asked for. */
import { Store } from '../../store/store.ts';
import type { StoreRequest } from '../protocol.ts';
import { DecodedRuns } from './decodedRuns.ts';
import { History } from './history.ts';
import { keptByPins } from './pins.ts';
import { StoredRuns } from './storedRuns.ts';
import { StoredTheories } from './storedTheories.ts';

/** What is stored, as one request may use it. */
export interface Stored {
  runs: StoredRuns;
  theories: StoredTheories;
  history: History;
  store: Store;
}

export class Stores {
  private readonly open = new Map<string, { store: Store; limit: number; lately: DecodedRuns }>();

  /** Null where the request uses no store. */
  for(request: StoreRequest | null): Stored | null {
    if (!request) return null;
    const { folder, limit } = request;
    const known = this.open.get(folder);
    if (known && known.limit !== limit) known.store.close();
    const isOpen = known?.limit === limit;
    const store = isOpen ? known.store : openStore(folder, limit);
    // Other processes may have added to it.
    if (isOpen) store.refresh();
    const lately = known?.lately ?? new DecodedRuns();
    this.open.set(folder, { store, limit, lately });
    return {
      runs: new StoredRuns(store, request, lately),
      theories: new StoredTheories(store, request),
      history: new History(store, request.folder),
      store,
    };
  }

  /** Closes all; those that have become too large lose their oldest records. */
  close(): void {
    for (const { store } of this.open.values()) store.close();
    this.open.clear();
  }
}

function openStore(folder: string, limit: number): Store {
  let isKept: ReturnType<typeof keptByPins> | null = null;
  const store: Store = Store.open(folder, {
    limit,
    keep: (entry) => {
      isKept ??= keptByPins(store);
      return isKept(entry);
    },
  });
  return store;
}
