/** Sends each run to what shall compute it: the graphics card where that was asked for and can be, else the processor. */
import path from 'node:path';
import type { RunResult } from '../../lab/results.ts';
import { whyNotOnGpu } from '../../lab/training/onGpu/whyNot.ts';
import type { RunPlan, Sample } from '../../lab/training/run.ts';
import type { WorkerPool } from '../grid/pool.ts';
import { Declined } from '../grid/workerProtocol.ts';
import type { EngineChoice } from '../protocol.ts';
import { GpuPool } from './gpuPool.ts';

export interface Wish {
  engine: EngineChoice;
  /** Threads of the processor. */
  workers: number;
  /** The lab file. */
  file: string;
}

export class Engines {
  private gpu: GpuPool | null = null;

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
  ): Promise<RunResult | null> {
    // `auto` will take the card where it is known to be faster.
    if (engine !== 'gpu') return this.cpu.run(plan, workers, wanted, onSamples);
    let fallback = whyNotOnGpu(plan.optimizer);
    // What was streamed before a card was lost is not streamed again.
    let last = -1;
    const onNewSamples = (samples: Sample[]) => {
      onSamples(samples.filter(({ step }) => step > last));
      last = Math.max(last, samples.at(-1)?.step ?? last);
    };
    if (fallback === null) {
      try {
        return await this.gpuPool(path.dirname(file)).run(plan, wanted, onNewSamples);
      } catch (error) {
        if (!(error instanceof Declined)) throw error;
        fallback = error.message;
      }
    }
    const result = await this.cpu.run(plan, workers, wanted, onNewSamples);
    return result && { ...result, fallback };
  }

  drop(wanted: Int32Array): void {
    this.cpu.drop(wanted);
    this.gpu?.drop(wanted);
  }

  private gpuPool(folder: string): GpuPool {
    this.gpu ??= new GpuPool(this.gpuScript, { folder });
    return this.gpu;
  }
}
