/** Sends each run to what shall compute it: the graphics card where that was asked for and can be, else the processor. */
import path from 'node:path';
import { whyNotOnGpu } from '../../lab/training/onGpu.ts';
import type { RunPlan, Sample, TrainedRun } from '../../lab/training/run.ts';
import { WorkerPool } from '../grid/pool.ts';
import { Declined } from '../grid/workerProtocol.ts';
import type { EngineChoice } from '../protocol.ts';
import type { GpuWorkerData } from './worker.ts';

export interface Wish {
  engine: EngineChoice;
  /** Threads of the processor. */
  workers: number;
  /** The lab file. */
  file: string;
}

export class Engines {
  private gpu: WorkerPool | null = null;

  constructor(
    private readonly cpu: WorkerPool,
    private readonly gpuScript: URL,
  ) {}

  /** Trains a run; null when it was dropped. */
  async run(
    plan: RunPlan,
    { engine, workers, file }: Wish,
    wanted: Int32Array,
    onSamples: (samples: Sample[]) => void,
  ): Promise<TrainedRun | null> {
    // `auto` will take the card where it is known to be faster.
    if (engine !== 'gpu') return this.cpu.run(plan, workers, wanted, onSamples);
    let fallback = whyNotOnGpu(plan.optimizer);
    if (fallback === null) {
      try {
        return await this.gpuPool(path.dirname(file)).run(plan, 1, wanted, onSamples);
      } catch (error) {
        if (!(error instanceof Declined)) throw error;
        fallback = error.message;
      }
    }
    const result = await this.cpu.run(plan, workers, wanted, onSamples);
    return result && { ...result, fallback };
  }

  drop(wanted: Int32Array): void {
    this.cpu.drop(wanted);
    this.gpu?.drop(wanted);
  }

  private gpuPool(folder: string): WorkerPool {
    this.gpu ??= new WorkerPool(this.gpuScript, { folder } satisfies GpuWorkerData);
    return this.gpu;
  }
}
