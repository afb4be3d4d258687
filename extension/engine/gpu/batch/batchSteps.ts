import type { DeviceModule, DevicePrograms } from '../../../lab/compiler/gpu/module.ts';
import type { MovedToCpu } from '../../../lab/results.ts';
import { checkpoint } from '../../../lab/run.ts';
import type { Computed } from '../../../lab/training/measure.ts';
import { areFinite } from '../../../lab/training/pace.ts';
import type { SavedState } from '../../../lab/training/trainer.ts';
import type { BatchedRun } from './batchedRun.ts';

/** The steps of a batch: on the device until it fails, then on the CPU from the same states. */
export class BatchSteps {
  private readonly device: DeviceModule;
  private reason: string | null = null;
  /** The step after which each run moved to the CPU. */
  private readonly moved = new Map<BatchedRun, number>();

  constructor(
    private readonly runs: readonly BatchedRun[],
    private readonly programs: DevicePrograms,
  ) {
    this.device = programs.load(runs.map(({ portable, entry }) => ({ memory: portable.module.memory, entry })));
  }

  /** Why the device no longer computes steps of the batch; null while it does. */
  get failureReason(): string | null {
    return this.reason;
  }

  /** The move of a run to the CPU; null if the device has computed all its steps so far. */
  movedToCpu(run: BatchedRun): MovedToCpu | null {
    const step = this.moved.get(run);
    return step === undefined || this.reason === null ? null : { step, reason: this.reason };
  }

  /** The engine and device that computed the steps of a run so far. */
  computed(run: BatchedRun): Computed {
    const { runs, programs } = this;
    const moved = this.movedToCpu(run);
    if (moved?.step === 0) {
      return { engine: 'cpu', device: run.trainer.module.backend.name, fallback: moved.reason };
    }
    return {
      engine: 'gpu',
      device: `${programs.device.name} · WebGPU · ${run.portable.precision}`,
      ...(runs.length > 1 ? { together: runs.length } : {}),
      ...(moved ? { movedToCpu: moved } : {}),
    };
  }

  /**
   * Takes steps of the given runs. The memory of the other runs is invalid afterwards.
   * @param step number of steps that these runs have taken
   */
  async take(step: number, times: number, runs: readonly BatchedRun[]): Promise<void> {
    const { feed, finish } = runs[0]!.portable;
    if (feed !== null || finish !== null) {
      for (let t = 0; t < times; t++) await this.takeOne(step + t, runs);
    } else if (!(await this.runOnDevice(times))) {
      for (const run of runs) this.moveToCpu(run, step).trainer.step(times);
    }
  }

  private async takeOne(step: number, runs: readonly BatchedRun[]): Promise<void> {
    for (const { portable } of runs) portable.feed?.();
    if (!(await this.runOnDevice(1))) {
      for (const run of runs) {
        const { module, entry } = this.moveToCpu(run, step).portable;
        module.entry(entry)(1);
      }
    }
    for (const { portable } of runs) portable.finish?.();
  }

  /**
   * Repeats a chunk step by step, and returns how many steps each run takes before it is not finite. The run stays at
   * that step.
   * @param step the first step of the chunk
   */
  async untilDivergence(step: number, chunk: number, runs: readonly BatchedRun[]): Promise<Map<BatchedRun, number>> {
    const survived = new Map<BatchedRun, number>();
    const ends: SavedState[] = [];
    let open = runs;
    for (let count = 0; count < chunk && open.length > 0; count++) {
      await this.take(step + count, 1, open);
      for (const run of open) {
        if (areFinite(run.parameters)) continue;
        survived.set(run, count);
        ends.push(checkpoint(run.trainer, run.parameters));
      }
      open = open.filter((run) => !survived.has(run));
    }
    for (const end of ends) end.restore();
    return survived;
  }

  private moveToCpu(run: BatchedRun, step: number): BatchedRun {
    if (!this.moved.has(run)) this.moved.set(run, step);
    return run;
  }

  /** Takes steps on the device; returns whether it succeeded. */
  private async runOnDevice(times: number): Promise<boolean> {
    if (this.reason !== null) return false;
    try {
      await this.device.run(times);
      return true;
    } catch (error) {
      this.reason = `the GPU failed: ${firstLine(error)}`;
      await this.programs.examine(this.reason);
      return false;
    }
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
