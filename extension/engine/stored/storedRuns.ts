/** Looks up runs in the store before they are trained, and keeps those that were. */
import { createHash } from 'node:crypto';
import { isSameData } from '../../lab/encoding.ts';
import type { RunIdentity } from '../../lab/results.ts';
import type { RunPlan, Sample, TrainedRun } from '../../lab/run.ts';
import { RunKeys } from '../../lab/runKey.ts';
import { fingerprint } from './fingerprint.ts';
import { type RecordStore, RUN } from './recordStore.ts';
import { decodeRun, encodeRun, type RunRecord } from './runRecord.ts';

/** What the user asks of the store. */
export interface StoreWishes {
  /** Train again, and say where the results differ from the stored ones. */
  fresh: boolean;
  /** Do not use results that another machine computed. */
  exact: boolean;
}

export interface StoredRun {
  samples: Sample[];
  result: TrainedRun;
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const keys = new RunKeys(sha256);

/** The key of a run's record. */
export const keyOf = (plan: RunPlan): string => keys.of(plan);

export class StoredRuns {
  constructor(
    private readonly store: RecordStore,
    private readonly wishes: StoreWishes,
  ) {}

  /** A run in float64 on the CPU; null if it has to be trained. */
  find(plan: RunPlan): StoredRun | null {
    if (this.wishes.fresh) return null;
    const record = this.read(plan);
    const run = record && placed(record, plan.identity);
    return run?.result.stored === 'elsewhere' && this.wishes.exact ? null : run;
  }

  /** Keeps a run that was trained in float64 on the CPU; returns what is to be reported of it. */
  keep(plan: RunPlan, samples: readonly Sample[], trained: TrainedRun): TrainedRun {
    const { id: _i, point: _p, parameterization: _n, optimizer: _o, seed: _s, ...result } = trained;
    const record: RunRecord = { fingerprint: fingerprint(), samples: [...samples], result };
    const before = this.wishes.fresh ? this.read(plan) : null;
    this.store.put(RUN, keyOf(plan), encodeRun(record));
    this.store.flush();
    return before && isOther(before, record) ? { ...trained, differs: true } : trained;
  }

  /** A run by its key, at a place in a grid; null if it is not stored. */
  at(key: string, identity: RunIdentity): StoredRun | null {
    const record = this.readKey(key);
    return record && placed(record, identity);
  }

  private read(plan: RunPlan): RunRecord | null {
    return this.readKey(keyOf(plan));
  }

  private readKey(key: string): RunRecord | null {
    const bytes = this.store.get(RUN, key);
    return bytes && decodeRun(bytes);
  }
}

function placed({ fingerprint: computedBy, samples, result }: RunRecord, identity: RunIdentity): StoredRun {
  const stored = computedBy === fingerprint() ? 'here' : 'elsewhere';
  return { samples, result: { ...identity, ...result, stored } };
}

/** Whether two records of one run differ in more than the time that it took. */
function isOther(a: RunRecord, b: RunRecord): boolean {
  const timeless = ({ samples, result }: RunRecord) => ({ samples, result: { ...result, seconds: 0 } });
  return !isSameData(timeless(a), timeless(b));
}
