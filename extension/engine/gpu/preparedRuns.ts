/** Runs whose work was counted, kept so that none has to be prepared again where it is trained. */
import { isRefusal } from '../../lab/compiler/backend.ts';
import type { RunPlan } from '../../lab/run.ts';
import { type BatchedRun, bytesOf, prepareRun } from './batch/batchedRun.ts';
import { workOfRun } from './costs/count.ts';
import type { GpuReport } from './protocol.ts';

/** Bytes of the arenas that are kept: what a large grid asks for beyond is prepared again. */
const MAX_KEPT_BYTES = 2 ** 28;

export class PreparedRuns {
  private readonly kept = new Map<number, BatchedRun>();

  /** @param maxBytes of the arenas that are kept */
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
      // What fails here fails where it is trained, and is reported there.
      return { type: 'uncountable', id, reason: 'its work could not be counted' };
    }
  }

  release(id: number): void {
    this.kept.delete(id);
  }

  /** Hands a run over, for the given position; null where it is not there. */
  take(id: number, run: number): BatchedRun | null {
    const prepared = this.kept.get(id);
    this.kept.delete(id);
    return prepared ? { ...prepared, run } : null;
  }
}
