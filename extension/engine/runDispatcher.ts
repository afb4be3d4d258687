/** Sends each run to what computes it: the GPU where that was asked for and can do it, otherwise the CPU. */
import path from 'node:path';
import { deviationOf } from '../lab/metrics/deviation.ts';
import type { RunPlan, Sample, TrainedRun } from '../lab/run.ts';
import type { WorkerPool } from './cpu/pool.ts';
import { AutoEngine } from './gpu/autoEngine.ts';
import { type CostTable, readTable } from './gpu/costs/table.ts';
import { cpuOnlyReason } from './gpu/cpuOnly.ts';
import { GpuRefusal } from './gpu/protocol.ts';
import type { GpuThread } from './gpu/thread.ts';
import type { EngineChoice } from './protocol.ts';

/** How the runs of one request are to be computed. */
export interface ExecutionOptions {
  engine: EngineChoice;
  /** Threads of the CPU. */
  workers: number;
  /** The lab file. */
  file: string;
}

type OnSamples = (samples: Sample[]) => void;

export class RunDispatcher {
  private readonly auto: AutoEngine;

  /** @param readCosts what work costs here, for runs whose engine the lab chooses */
  constructor(
    private readonly cpu: WorkerPool,
    private readonly gpu: GpuThread,
    readCosts: () => CostTable | null = readTable,
  ) {
    this.auto = new AutoEngine(gpu, readCosts);
  }

  /**
   * Trains a run.
   * @param wanted shared by the runs of one request; 0 in it drops them
   * @returns null when it was dropped
   */
  async run(
    plan: RunPlan,
    options: ExecutionOptions,
    wanted: Int32Array,
    onSamples: OnSamples,
  ): Promise<TrainedRun | null> {
    const onCpu = (take: OnSamples) => this.cpu.run(plan, options.workers, wanted, take);
    if (options.engine === 'cpu') return onCpu(onSamples);
    if (options.engine === 'gpu') return this.runOnGpu(plan, options, wanted, onSamples, onCpu);
    const { engine, reason, device } = await this.auto.choose(plan, options.workers);
    const result = await (engine === 'cpu'
      ? onCpu(onSamples)
      : this.runOnGpu(plan, options, wanted, onSamples, onCpu, device));
    return result && { ...result, reason };
  }

  drop(wanted: Int32Array): void {
    this.cpu.drop(wanted);
    this.gpu.drop(wanted);
  }

  /** @param device the one GPU that is meant; left out where any is */
  private async runOnGpu(
    plan: RunPlan,
    { file }: ExecutionOptions,
    wanted: Int32Array,
    onSamples: OnSamples,
    onCpu: (take: OnSamples) => Promise<TrainedRun | null>,
    device?: string,
  ): Promise<TrainedRun | null> {
    const reason = cpuOnlyReason(plan.optimizer);
    if (reason !== null) return withFallback(await onCpu(onSamples), reason);
    // What was streamed before the GPU failed is not streamed again.
    let last = -1;
    const onNewSamples = (samples: Sample[]) => {
      onSamples(samples.filter(({ step }) => step > last));
      last = Math.max(last, samples.at(-1)?.step ?? last);
    };
    const repeated = plan.isRepeated ? new Repetition(onCpu) : null;
    try {
      const folder = path.dirname(file);
      const result = await this.gpu.run(plan, { folder, wanted, device, onSamples: onNewSamples });
      if (result === null || repeated === null) return result;
      const exact = await repeated.result;
      return exact && { ...result, deviation: deviationOf(result, exact) };
    } catch (error) {
      if (!(error instanceof GpuRefusal)) throw error;
      if (repeated === null) return withFallback(await onCpu(onNewSamples), error.message);
      repeated.showTo(onNewSamples);
      return withFallback(await repeated.result, error.message);
    }
  }
}

/** A run in float64 that the CPU trains at the same time: to compare with, and in its place where the GPU cannot. */
class Repetition {
  readonly result: Promise<TrainedRun | null>;
  private readonly kept: Sample[] = [];
  private show: OnSamples | null = null;

  constructor(run: (take: OnSamples) => Promise<TrainedRun | null>) {
    this.result = run((samples) => {
      if (this.show) this.show(samples);
      else this.kept.push(...samples);
    });
    // Whoever asks for the result hears of a failure; nobody may ask.
    this.result.catch(() => undefined);
  }

  /** From now on its samples are those of the run, the ones so far included. */
  showTo(show: OnSamples): void {
    this.show = show;
    show(this.kept.splice(0));
  }
}

function withFallback(result: TrainedRun | null, fallback: string): TrainedRun | null {
  return result && { ...result, fallback };
}
