/** The stores of an engine: one for each folder, opened when it is first asked for. */
import { Store } from '../../store/store.ts';
import type { StoreRequest } from '../protocol.ts';
import { History } from './history.ts';
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
  private readonly open = new Map<string, Store>();

  /** Null where the request uses no store. */
  for(request: StoreRequest | null): Stored | null {
    if (!request) return null;
    const known = this.open.get(request.folder);
    const store = known ?? Store.open(request.folder);
    // Other processes may have added to it.
    known?.refresh();
    this.open.set(request.folder, store);
    return {
      runs: new StoredRuns(store, request),
      theories: new StoredTheories(store, request),
      history: new History(store, request.folder),
      store,
    };
  }
}
