/** Earlier runs of experiments: their history, and those that are pinned and shown behind the results. */
import type { HistoryEntry } from '../report/history.ts';
import type { Recalled } from '../report/recalled.ts';
import type { PinnedRun } from '../report/view.ts';

/** A record to pin or to unpin. */
export interface Pin {
  record: string;
  isPinned: boolean;
}

/** Where earlier runs are stored. */
export interface Records {
  history(file: string, experiment: string, pins?: Pin[]): Promise<HistoryEntry[]>;
  recallRecord(file: string, experiment: string, record: string): Promise<Recalled | null>;
}

type Listener = (file: string, experiment: string) => void;

export class PinnedRuns {
  private readonly known = new Map<string, readonly PinnedRun[]>();
  private readonly listeners = new Set<Listener>();

  constructor(private readonly records: Records) {}

  /** Called when the pinned runs of an experiment have changed. */
  subscribe(listener: Listener): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  }

  /** The pinned runs of an experiment, the latest first, as far as they have been read. */
  of(file: string, experiment: string): readonly PinnedRun[] {
    return this.known.get(at(file, experiment)) ?? [];
  }

  /** The history of an experiment, the latest first. */
  history(file: string, experiment: string): Promise<HistoryEntry[]> {
    return this.records.history(file, experiment);
  }

  /** Pins or unpins a run; returns the history afterwards. */
  async pin(file: string, experiment: string, pin: Pin): Promise<HistoryEntry[]> {
    const entries = await this.records.history(file, experiment, [pin]);
    await this.take(file, experiment, entries);
    return entries;
  }

  /** Reads the pinned runs of an experiment, once. */
  async load(file: string, experiment: string): Promise<void> {
    if (this.known.has(at(file, experiment))) return;
    this.known.set(at(file, experiment), []);
    await this.take(file, experiment, await this.records.history(file, experiment));
  }

  private async take(file: string, experiment: string, entries: readonly HistoryEntry[]): Promise<void> {
    const before = new Map(this.of(file, experiment).map((run) => [run.key, run]));
    const read = entries
      .filter(({ isPinned }) => isPinned)
      .map(async ({ key, date, text }): Promise<PinnedRun[]> => {
        const known = before.get(key);
        if (known) return [known];
        const recalled = await this.records.recallRecord(file, experiment, key);
        return recalled ? [{ key, date, text, view: recalled.view }] : [];
      });
    this.known.set(at(file, experiment), (await Promise.all(read)).flat());
    for (const listener of this.listeners) listener(file, experiment);
  }
}

const at = (file: string, experiment: string) => `${file}\n${experiment}`;
