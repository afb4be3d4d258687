/** Looks up runs in the store before they are trained, and keeps those that were. */
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { encode, isSameData } from '../../lab/encoding.ts';
import type { Deviation, RunIdentity } from '../../lab/results.ts';
import type { RunPlan, Sample, TrainedRun } from '../../lab/run.ts';
import { RunKeys } from '../../lab/runKey.ts';
import { anyNumber } from './anyNumber.ts';
import { Batches } from './batches.ts';
import { decoded } from './decoded.ts';
import { DecodedRuns } from './decodedRuns.ts';
import { fingerprintOf } from './fingerprint.ts';
import { DEVIATION, GPU_RUN, type RecordStore, RUN, type RunKind } from './recordStore.ts';
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

/** What decides a run's numbers, as a hash: the key of its records. */
export const keyOf = (plan: RunPlan): string => keys.of(plan);

const share = v.nullable(anyNumber);
const deviation = v.strictObject({ predictor: share, trainLoss: share, testLoss: share });

/** How runs that were trained again compare with what was stored. */
export interface Comparison {
  compared: number;
  differing: number;
}

export class StoredRuns {
  private comparison: Comparison = { compared: 0, differing: 0 };

  /**
   * @param lately the runs of this store that were read or written last
   * @param batches writes what was put
   */
  constructor(
    private readonly store: RecordStore,
    private readonly wishes: StoreWishes,
    private readonly lately = new DecodedRuns(),
    private readonly batches = new Batches(() => store.flush()),
  ) {}

  /** Whether there is a record of a run, in whatever arithmetic. */
  has(plan: RunPlan): boolean {
    return !this.wishes.fresh && [RUN, GPU_RUN].some((kind) => this.store.has(kind, keyOf(plan)));
  }

  /** A run in float64 on the CPU, of this machine or another; null if it has to be trained. */
  find(plan: RunPlan): StoredRun | null {
    if (this.wishes.fresh) return null;
    const run = this.read(RUN, plan);
    return run?.result.stored === 'elsewhere' && this.wishes.exact ? null : run;
  }

  /**
   * A run on a GPU of this machine; null if it has to be trained.
   * @param device the GPU; omitted to allow any
   */
  findOnGpu(plan: RunPlan, device: string | undefined): StoredRun | null {
    if (this.wishes.fresh) return null;
    const run = this.read(GPU_RUN, plan);
    if (run?.result.stored !== 'here') return null;
    return device === undefined || run.result.device === device ? run : null;
  }

  /** Keeps a run that was trained now. Resolves, when it is written, to what is to be reported of it. */
  async keep(plan: RunPlan, samples: readonly Sample[], trained: TrainedRun): Promise<TrainedRun> {
    const { id: _i, point: _p, parameterization: _n, optimizer: _o, seed: _s, ...result } = trained;
    const record: RunRecord = { fingerprint: fingerprintOf(result), samples: [...samples], result };
    const [kind, key] = [kindOf(trained), keyOf(plan)];
    const before = this.wishes.fresh ? this.readRecord(kind, key) : null;
    this.store.put(kind, key, encodeRun(record));
    this.lately.set(kind, key, record);
    await this.batches.done();
    if (!before) return trained;
    const differs = isOther(before, record);
    this.comparison.compared++;
    this.comparison.differing += Number(differs);
    return differs ? { ...trained, differs: true } : trained;
  }

  /** The comparisons since the last call. */
  takeComparison(): Comparison {
    const { comparison } = this;
    this.comparison = { compared: 0, differing: 0 };
    return comparison;
  }

  /** How far a stored run on the GPU is from float64; null if that is not stored. */
  deviation(plan: RunPlan): Deviation | null {
    const bytes = this.wishes.fresh ? null : this.store.get(DEVIATION, keyOf(plan));
    return bytes && decoded(bytes, deviation);
  }

  keepDeviation(plan: RunPlan, measured: Deviation): void {
    this.store.put(DEVIATION, keyOf(plan), encode({ ...measured }));
    this.store.flush();
  }

  /** A record of a run, at a place in a grid; null if it is not stored. */
  at(kind: RunKind, key: string, identity: RunIdentity): StoredRun | null {
    const record = this.readRecord(kind, key);
    return record && placed(record, identity);
  }

  private read(kind: RunKind, plan: RunPlan): StoredRun | null {
    return this.at(kind, keyOf(plan), plan.identity);
  }

  private readRecord(kind: RunKind, key: string): RunRecord | null {
    if (!this.store.has(kind, key)) return null;
    const known = this.lately.get(kind, key);
    if (known) return known;
    const bytes = this.store.get(kind, key);
    const record = bytes && decodeRun(bytes);
    if (!record || kindOf(record.result) !== kind) return null;
    this.lately.set(kind, key, record);
    return record;
  }
}

/** The kind of a run's record. */
export const kindOf = ({ engine }: Pick<TrainedRun, 'engine'>): RunKind => (engine === 'gpu' ? GPU_RUN : RUN);

function placed({ fingerprint: computedBy, samples, result }: RunRecord, identity: RunIdentity): StoredRun {
  const stored = computedBy === fingerprintOf(result) ? 'here' : 'elsewhere';
  return { samples, result: { ...identity, ...result, stored } };
}

/** Whether two records of one run differ in more than the time that it took and the batch that it was in. */
function isOther(a: RunRecord, b: RunRecord): boolean {
  const timeless = ({ samples, result }: RunRecord) => ({ samples, result: { ...result, seconds: 0, together: 0 } });
  return !isSameData(timeless(a), timeless(b));
}
