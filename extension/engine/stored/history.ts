/** The records of experiments in a store. */
import path from 'node:path';
import { encode } from '../../lab/encoding.ts';
import { decodeExperiment, type ExperimentRecord, encodeExperiment } from './experimentRecord.ts';
import { EXPERIMENT, type RecordStore } from './recordStore.ts';
import { sha256 } from './storedRuns.ts';

/** The kind of records that name the latest record of an experiment. */
const LATEST = 'latest';

export class History {
  /** @param folder the folder of the store: files are known by their paths from there, so that projects can move */
  constructor(
    private readonly store: RecordStore,
    private readonly folder: string,
  ) {}

  /** @param file absolute path of the lab file */
  add(file: string, record: ExperimentRecord): void {
    const bytes = encodeExperiment(record);
    const key = sha256(bytes);
    this.store.put(EXPERIMENT, key, bytes);
    this.store.put(LATEST, this.place(file, record.name), new TextEncoder().encode(key));
  }

  /** The latest record of an experiment; null if there is none. */
  latest(file: string, experiment: string): ExperimentRecord | null {
    const key = this.store.get(LATEST, this.place(file, experiment));
    const bytes = key && this.store.get(EXPERIMENT, new TextDecoder().decode(key));
    const record = bytes && decodeExperiment(bytes);
    return record && record.name === experiment ? record : null;
  }

  private place(file: string, experiment: string): string {
    const relative = path.relative(this.folder, file).split(path.sep).join('/');
    return sha256(encode([relative, experiment]));
  }
}
