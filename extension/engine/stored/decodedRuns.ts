/** The runs that were read or written last, decoded: while a file is edited, the same ones are asked for again and again. */
import { LRUCache } from 'lru-cache';
import type { RunKind } from './recordStore.ts';
import type { RunRecord } from './runRecord.ts';

/** Bytes of all runs that are kept, at most. */
const MOST_BYTES = 2 ** 27;

/** What a sample takes besides its arrays. */
const SAMPLE_BYTES = 200;

export class DecodedRuns {
  private readonly known;

  /** @param most bytes of all that are kept */
  constructor(most = MOST_BYTES) {
    this.known = new LRUCache<string, RunRecord>({ maxSize: most, sizeCalculation: sizeOf });
  }

  get(kind: RunKind, key: string): RunRecord | null {
    return this.known.get(nameOf(kind, key)) ?? null;
  }

  /** Keeps a run, which must not be changed afterwards. */
  set(kind: RunKind, key: string, run: RunRecord): void {
    this.known.set(nameOf(kind, key), run);
  }
}

const nameOf = (kind: RunKind, key: string) => `${kind} ${key}`;

function sizeOf({ samples }: RunRecord): number {
  return samples.reduce(
    (sum, { predictor, outputs }) => sum + SAMPLE_BYTES + (predictor?.byteLength ?? 0) + (outputs?.byteLength ?? 0),
    SAMPLE_BYTES,
  );
}
