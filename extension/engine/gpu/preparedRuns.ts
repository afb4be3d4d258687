/** A cache of runs that were prepared to count their work, so that they are not prepared again for training. */
import { isRefusal } from '../../lab/compiler/backend.ts';
import type { RunPlan } from '../../lab/run.ts';
import { type BatchedRun, bytesOf, prepareRun } from './batch/batchedRun.ts';
import { workOfRun } from './costs/count.ts';
import type { GpuReport } from './protocol.ts';

/** Maximum size of the kept arenas, in bytes; runs beyond it are prepared again. */
const MAX_KEPT_BYTES = 2 ** 28;

export class PreparedRuns {
  private readonly kept = new Map<number, BatchedRun>();

  /** @param maxBytes maximum size of the kept arenas */
  constructor(private readonly maxBytes = MAX_KEPT_BYTES) {}

  /** Prepares a run and counts its work. */
  count(id: number, plan: RunPlan): GpuReport {
    try {
      const run = prepareRun(0, plan);
      if (isRefusal(run)) return { type: 'uncountable', id, reason: run.refusal };
      const bytes = [...this.kept.values(), run].reduce((sum, one) => sum + bytesOf(one), 0);
      if (bytes <= this.maxBytes) this.kept.set(id, run);
      return { type: 'counted', id, work: workOfRun(run) };
    } catch {
      // An error here also occurs during training, and is reported then.
      return { type: 'uncountable', id, reason: 'its work could not be counted' };
    }
  }

  release(id: number): void {
    this.kept.delete(id);
  }

  /** Removes and returns a prepared run, with the given position; null if it is not cached. */
  take(id: number, run: number): BatchedRun | null {
    const prepared = this.kept.get(id);
    this.kept.delete(id);
    return prepared ? { ...prepared, run } : null;
  }
}
