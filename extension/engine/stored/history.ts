/** The records of experiments in a store. */
import path from 'node:path';
import { encode } from '../../lab/encoding.ts';
import type { HistoryEntry } from '../../report/history.ts';
import { decodeExperiment, type ExperimentRecord, encodeExperiment } from './experimentRecord.ts';
import { Pins } from './pins.ts';
import { EXPERIMENT, LATEST, type RecordStore } from './recordStore.ts';
import { sha256 } from './storedRuns.ts';

/** Half of a key: records of one experiment begin alike. */
const HALF = 32;

export class History {
  private readonly pins: Pins;

  /** @param folder the folder of the store: files are known by their paths from there, so that projects can move */
  constructor(
    private readonly store: RecordStore,
    private readonly folder: string,
  ) {
    this.pins = new Pins(store);
  }

  /** @param file absolute path of the lab file */
  add(file: string, record: ExperimentRecord): void {
    const key = this.put(file, record);
    this.store.put(LATEST, this.placeOf(file, record.name), new TextEncoder().encode(key));
  }

  /** Returns the key of the record. */
  private put(file: string, record: ExperimentRecord): string {
    const bytes = encodeExperiment(record);
    const key = this.placeOf(file, record.name).slice(0, HALF) + sha256(bytes).slice(0, HALF);
    this.store.put(EXPERIMENT, key, bytes);
    return key;
  }

  /** The latest record of an experiment; null if there is none. */
  latest(file: string, experiment: string): ExperimentRecord | null {
    const key = this.latestKey(file, experiment);
    const record = key === null ? null : this.at(key);
    return record && record.name === experiment ? record : null;
  }

  /** The key of the latest record of an experiment; null if there is none. */
  latestKey(file: string, experiment: string): string | null {
    const key = this.store.get(LATEST, this.placeOf(file, experiment));
    return key && new TextDecoder().decode(key);
  }

  /** A record by its key; null if there is none. */
  at(key: string): ExperimentRecord | null {
    const bytes = /^[0-9a-f]{64}$/.test(key) ? this.store.get(EXPERIMENT, key) : null;
    return bytes && decodeExperiment(bytes);
  }

  /** The records of an experiment, the latest first. */
  of(file: string, experiment: string): HistoryEntry[] {
    const place = this.placeOf(file, experiment).slice(0, HALF);
    const entries = [...this.store.entries(EXPERIMENT)].filter(({ key }) => key.startsWith(place));
    return this.describe(entries.map(({ key }) => key));
  }

  /** The latest record of every experiment, the latest first. */
  all(): HistoryEntry[] {
    const keys = [...this.store.entries(LATEST)].flatMap(({ key }) => {
      const latest = this.store.get(LATEST, key);
      return latest ? [new TextDecoder().decode(latest)] : [];
    });
    return this.describe(keys);
  }

  /**
   * Lets records follow a lab file, or the files of a folder, to another path, with their pins.
   * @param from absolute path
   * @param to absolute path
   */
  move(from: string, to: string): void {
    const before = relativePath(this.folder, from);
    const pinned = new Set(this.pins.all());
    for (const { key } of [...this.store.entries(EXPERIMENT)]) {
      const record = this.at(key);
      if (!record || !(record.file === before || record.file.startsWith(`${before}/`))) continue;
      const old = path.resolve(this.folder, record.file);
      const file = path.join(to, path.relative(from, old));
      const isLatest = this.latestKey(old, record.name) === key;
      const moved = this.put(file, { ...record, file: relativePath(this.folder, file) });
      if (isLatest) {
        this.store.put(LATEST, this.placeOf(file, record.name), new TextEncoder().encode(moved));
        // There is none at the old path any more.
        this.store.put(LATEST, this.placeOf(old, record.name), new Uint8Array());
      }
      if (!pinned.has(key)) continue;
      this.pins.set(moved, true);
      this.pins.set(key, false);
    }
    this.store.flush();
  }

  pin(key: string, isPinned: boolean): void {
    this.pins.set(key, isPinned);
    this.store.flush();
  }

  private describe(keys: readonly string[]): HistoryEntry[] {
    const pinned = new Set(this.pins.all());
    const described = keys.flatMap((key): HistoryEntry[] => {
      const record = this.at(key);
      return record
        ? [{ key, isPinned: pinned.has(key), ...summaryOf(record), file: path.resolve(this.folder, record.file) }]
        : [];
    });
    return described.sort((a, b) => b.date - a.date);
  }

  private placeOf(file: string, experiment: string): string {
    return sha256(encode([relativePath(this.folder, file), experiment]));
  }
}

/** A path from a folder, the same on every system. */
export const relativePath = (folder: string, file: string): string =>
  path.relative(folder, file).split(path.sep).join('/');

function summaryOf({ name, date, outcome, seconds, version, claims, summary, runs, grid, sources }: ExperimentRecord) {
  return {
    experiment: name,
    ...{ date, outcome, seconds, version },
    claims: { held: claims.filter(({ holds }) => holds).length, total: claims.length },
    finding: summary?.sentence ?? null,
    runs: { ended: runs.filter((run) => run !== null).length, total: runs.length },
    grid: {
      parameterizations: grid.parameterizations,
      optimizers: grid.optimizers.map((optimizer) => optimizer.name),
      seeds: grid.seeds.length,
      points: grid.points.length,
      steps: grid.steps,
    },
    text: sources[0]?.text ?? '',
  };
}
