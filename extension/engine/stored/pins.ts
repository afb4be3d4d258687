/** Records of experiments that stay whatever their age. */
import { decodeExperiment } from './experimentRecord.ts';
import { EXPERIMENT, PIN, type RecordStore } from './recordStore.ts';

export class Pins {
  constructor(private readonly store: RecordStore) {}

  set(key: string, isPinned: boolean): void {
    this.store.put(PIN, key, Uint8Array.of(Number(isPinned)));
  }

  /** The keys of the pinned records. */
  all(): string[] {
    return [...this.store.entries(PIN)].flatMap(({ key }) => (this.store.get(PIN, key)?.[0] === 1 ? [key] : []));
  }
}

/** Tells which records stay: pins, the records of experiments that are pinned, and the runs of these. */
export function keptByPins(store: RecordStore): (entry: { kind: string; key: string }) => boolean {
  const names = new Set<string>();
  for (const key of new Pins(store).all()) {
    names.add(`${PIN} ${key}`).add(`${EXPERIMENT} ${key}`);
    const bytes = store.get(EXPERIMENT, key);
    for (const run of (bytes && decodeExperiment(bytes))?.runs ?? []) if (run) names.add(`${run.kind} ${run.key}`);
  }
  return ({ kind, key }) => names.has(`${kind} ${key}`);
}
