/** Dispatches each run to the GPU if it is requested and supported, otherwise to the CPU. */
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
import type { StoredRun, StoredRuns } from './stored/storedRuns.ts';
import type { NativeWish } from './workerProtocol.ts';

/** The execution options of one request. */
export interface ExecutionOptions {
  engine: EngineChoice;
  /** Number of CPU threads. */
  workers: number;
  /** The lab file. */
  file: string;
  /** Runs that need not be trained; null for none. */
  stored: StoredRuns | null;
  /** Null to leave the machine's C compiler alone. */
  native?: NativeWish | null;
}

/** A run to be done. */
interface Job {
  plan: RunPlan;
  options: ExecutionOptions;
  /** Shared flag of the runs of one request; 0 drops them. */
  wanted: Int32Array;
  /** The required GPU; omitted to allow any. */
  device?: string;
}

type OnSamples = (samples: Sample[]) => void;

export class RunDispatcher {
  private readonly auto: AutoEngine;

  /** @param readCosts reads the measured costs, for runs with automatic engine choice */
  constructor(
    private readonly cpu: WorkerPool,
    private readonly gpu: GpuThread,
    readCosts: () => CostTable | null = readTable,
  ) {
    this.auto = new AutoEngine(gpu, readCosts);
  }

  /**
   * Trains a run.
   * @param wanted shared flag of the runs of one request; 0 drops them
   * @returns null when it was dropped
   */
  async run(
    plan: RunPlan,
    options: ExecutionOptions,
    wanted: Int32Array,
    onSamples: OnSamples,
  ): Promise<TrainedRun | null> {
    const job = { plan, options, wanted };
    if (options.engine === 'cpu') return this.runOnCpu(job, onSamples);
    if (options.engine === 'gpu') return this.runOnGpu(job, onSamples);
    const { engine, reason, device } = await this.auto.choose(plan, options.workers);
    // Float64 that is known is better than float32 that has to be computed.
    const known = engine === 'gpu' ? options.stored?.find(plan) : null;
    if (known) return replay(known, onSamples);
    const result = await (engine === 'cpu'
      ? this.runOnCpu(job, onSamples)
      : this.runOnGpu({ ...job, device }, onSamples));
    return result && { ...result, reason };
  }

  /** Whether runs can be given one after the other: a GPU trains equal runs together, and is chosen by their number. */
  takesOneByOne(engine: EngineChoice): boolean {
    return engine === 'cpu' || (engine === 'auto' && this.auto.noGpuReason() !== null);
  }

  /** Starts threads before there are runs. */
  warm(threads: number): void {
    this.cpu.warm(threads);
  }

  drop(wanted: Int32Array): void {
    this.cpu.drop(wanted);
    this.gpu.drop(wanted);
  }

  private async runOnCpu({ plan, options, wanted }: Job, onSamples: OnSamples): Promise<TrainedRun | null> {
    const { workers, stored, native } = options;
    const known = stored?.find(plan);
    if (known) return replay(known, onSamples);
    const samples: Sample[] = [];
    const take: OnSamples = (added) => {
      if (stored) samples.push(...added);
      onSamples(added);
    };
    const result = await this.cpu.run(plan, workers, wanted, take, native);
    return result && stored ? await stored.keep(plan, samples, result) : result;
  }

  private async runOnGpu(job: Job, onSamples: OnSamples): Promise<TrainedRun | null> {
    const { plan, device } = job;
    const { stored } = job.options;
    const known = stored?.findOnGpu(plan, device);
    if (!known) return this.trainOnGpu(job, onSamples);
    const result = replay(known, onSamples);
    if (!plan.isRepeated) return result;
    const measured = stored?.deviation(plan);
    if (measured) return { ...result, deviation: measured };
    const exact = await this.runOnCpu(job, () => undefined);
    return exact && compared(job, result, exact);
  }

  private async trainOnGpu(job: Job, onSamples: OnSamples): Promise<TrainedRun | null> {
    const { plan, options, wanted, device } = job;
    const onCpu = (take: OnSamples) => this.runOnCpu(job, take);
    const reason = cpuOnlyReason(plan.optimizer);
    if (reason !== null) return withFallback(await onCpu(onSamples), reason);
    // Samples that were streamed before the GPU failed are not repeated.
    let last = -1;
    const kept: Sample[] = [];
    const onNewSamples = (samples: Sample[]) => {
      if (options.stored) kept.push(...samples);
      onSamples(samples.filter(({ step }) => step > last));
      last = Math.max(last, samples.at(-1)?.step ?? last);
    };
    const repeated = plan.isRepeated ? new Repetition(onCpu) : null;
    try {
      const folder = path.dirname(options.file);
      const trained = await this.gpu.run(plan, { folder, wanted, device, onSamples: onNewSamples });
      // What a failure has moved to the CPU is partly float32: it is not what the next run would be.
      const isKept = options.stored && trained && !trained.movedToCpu;
      const result = isKept ? await options.stored!.keep(plan, kept, trained) : trained;
      if (result === null || repeated === null) return result;
      const exact = await repeated.result;
      if (exact && isKept) return compared(job, result, exact);
      return exact && { ...result, deviation: deviationOf(result, exact) };
    } catch (error) {
      if (!(error instanceof GpuRefusal)) throw error;
      if (repeated === null) return withFallback(await onCpu(onNewSamples), error.message);
      repeated.showTo(onNewSamples);
      return withFallback(await repeated.result, error.message);
    }
  }
}

/** A concurrent float64 run on the CPU, used for comparison, and as a replacement if the GPU fails. */
class Repetition {
  readonly result: Promise<TrainedRun | null>;
  private readonly kept: Sample[] = [];
  private show: OnSamples | null = null;

  constructor(run: (take: OnSamples) => Promise<TrainedRun | null>) {
    this.result = run((samples) => {
      if (this.show) this.show(samples);
      else this.kept.push(...samples);
    });
    // Avoid an unhandled rejection if nobody awaits the result.
    this.result.catch(() => undefined);
  }

  /** Streams its samples as those of the run, including the earlier ones. */
  showTo(show: OnSamples): void {
    this.show = show;
    show(this.kept.splice(0));
  }
}

/** A run on the GPU with its deviation from the same run in float64, which is kept. */
function compared({ plan, options: { stored } }: Job, result: TrainedRun, exact: TrainedRun): TrainedRun {
  const deviation = deviationOf(result, exact);
  stored?.keepDeviation(plan, deviation);
  return { ...result, deviation };
}

function replay({ samples, result }: StoredRun, onSamples: OnSamples): TrainedRun {
  onSamples(samples);
  return result;
}

function withFallback(result: TrainedRun | null, fallback: string): TrainedRun | null {
  return result && { ...result, fallback };
}
