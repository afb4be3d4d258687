/** The runs that were read or written last, decoded: while a file is edited, the same ones are asked for again and again. */
import type { RunKind } from './recordStore.ts';
import type { RunRecord } from './runRecord.ts';

/** Bytes of all runs that are kept, at most. */
const MOST_BYTES = 2 ** 27;

/** What a sample takes besides its arrays. */
const SAMPLE_BYTES = 200;

export class DecodedRuns {
  /** In the order of their last use. */
  private readonly known = new Map<string, { run: RunRecord; bytes: number }>();
  private bytes = 0;

  /** @param most bytes of all that are kept */
  constructor(private readonly most = MOST_BYTES) {}

  get(kind: RunKind, key: string): RunRecord | null {
    const at = nameOf(kind, key);
    const found = this.known.get(at);
    if (!found) return null;
    this.known.delete(at);
    this.known.set(at, found);
    return found.run;
  }

  /** Keeps a run, which must not be changed afterwards. */
  set(kind: RunKind, key: string, run: RunRecord): void {
    const at = nameOf(kind, key);
    this.delete(at);
    const bytes = sizeOf(run);
    this.known.set(at, { run, bytes });
    this.bytes += bytes;
    for (const oldest of this.known.keys()) {
      if (this.bytes <= this.most) return;
      this.delete(oldest);
    }
  }

  private delete(at: string): void {
    this.bytes -= this.known.get(at)?.bytes ?? 0;
    this.known.delete(at);
  }
}

const nameOf = (kind: RunKind, key: string) => `${kind} ${key}`;

function sizeOf({ samples }: RunRecord): number {
  return samples.reduce(
    (sum, { predictor, outputs }) => sum + SAMPLE_BYTES + (predictor?.byteLength ?? 0) + (outputs?.byteLength ?? 0),
    0,
  );
}
