/** Sends each run to what shall compute it: the graphics card where that was asked for and can be, else the processor. */
import path from 'node:path';
import { deviationOf } from '../../lab/metrics/deviation.ts';
import { whyNotOnGpu } from '../../lab/training/onGpu/whyNot.ts';
import type { RunPlan, Sample, TrainedRun } from '../../lab/training/run.ts';
import type { WorkerPool } from '../grid/pool.ts';
import type { EngineChoice } from '../protocol.ts';
import { Declined } from './cardProtocol.ts';
import { Choice } from './choice.ts';
import { type CostTable, readTable } from './costs/table.ts';
import { GpuPool } from './gpuPool.ts';

export interface Wish {
  engine: EngineChoice;
  /** Threads of the processor. */
  workers: number;
  /** The lab file. */
  file: string;
  /** The one graphics card that is meant; left out where any is. */
  card?: string;
}

export class Engines {
  private gpu: GpuPool | null = null;
  private readonly choice: Choice;

  /** @param readCosts what work costs here, for runs of which nobody says where */
  constructor(
    private readonly cpu: WorkerPool,
    private readonly gpuScript: URL,
    readCosts: () => CostTable | null = readTable,
  ) {
    this.choice = new Choice(readCosts);
  }

  /** Trains a run; null when it was dropped. */
  async run(
    plan: RunPlan,
    { engine, workers, file, card }: Wish,
    wanted: Int32Array,
    onSamples: (samples: Sample[]) => void,
  ): Promise<TrainedRun | null> {
    const onCpu = (take: (samples: Sample[]) => void) => this.cpu.run(plan, workers, wanted, take);
    if (engine === 'cpu') return onCpu(onSamples);
    if (engine === 'auto') {
      const { engine: chosen, reason, card } = await this.choice.of(plan, workers);
      const wish = { engine: chosen, workers, file, card };
      const result = await this.run(plan, wish, wanted, onSamples);
      return result && { ...result, reason };
    }
    const reason = whyNotOnGpu(plan.optimizer);
    if (reason !== null) return withFallback(await onCpu(onSamples), reason);

    // What was streamed before a card was lost is not streamed again.
    let last = -1;
    const onNewSamples = (samples: Sample[]) => {
      onSamples(samples.filter(({ step }) => step > last));
      last = Math.max(last, samples.at(-1)?.step ?? last);
    };
    const repeated = plan.isRepeated ? new Repetition(onCpu) : null;
    try {
      const result = await this.gpuPool(path.dirname(file)).run(plan, wanted, onNewSamples, card);
      if (result?.engine !== 'gpu' || repeated === null) return result;
      const exact = await repeated.result;
      return exact && { ...result, deviation: deviationOf(result, exact) };
    } catch (error) {
      if (!(error instanceof Declined)) throw error;
      if (repeated === null) return withFallback(await onCpu(onNewSamples), error.message);
      repeated.showTo(onNewSamples);
      return withFallback(await repeated.result, error.message);
    }
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

/** A run that the processor does beside the card: to compare, and in its place where the card cannot do it. */
class Repetition {
  readonly result: Promise<TrainedRun | null>;
  private readonly kept: Sample[] = [];
  private show: ((samples: Sample[]) => void) | null = null;

  constructor(run: (take: (samples: Sample[]) => void) => Promise<TrainedRun | null>) {
    this.result = run((samples) => {
      if (this.show) this.show(samples);
      else this.kept.push(...samples);
    });
    // Whoever asks for the result hears of it; nobody may ask.
    this.result.catch(() => undefined);
  }

  /** From now on its samples are those of the run, the ones that there are included. */
  showTo(show: (samples: Sample[]) => void): void {
    this.show = show;
    show(this.kept.splice(0));
  }
}

function withFallback(result: TrainedRun | null, fallback: string): TrainedRun | null {
  return result && { ...result, fallback };
}
