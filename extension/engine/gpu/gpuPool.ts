/** The one thread of the graphics card: it is sent runs that may be trained side by side together. */
import { Worker } from 'node:worker_threads';
import type { RunPlan, Sample, TrainedRun } from '../../lab/training/run.ts';
import { likenessOf } from './alike.ts';
import { type CardJob, type CardReport, Declined } from './cardProtocol.ts';
import type { GpuWorkerData } from './worker.ts';

/** Milliseconds that runs which are no longer wanted may take to notice before the thread is ended. */
const PATIENCE = 3000;

/** Runs that the thread is sent together, at most. */
const MOST_SENT = 256;

/** One run that somebody waits for. */
interface Waiting extends CardJob {
  likeness: string;
  onSamples(samples: Sample[]): void;
  resolve(result: TrainedRun | null): void;
  reject(error: Error): void;
}

export class GpuPool {
  private readonly queue: Waiting[] = [];
  /** The runs that the thread has. */
  private readonly sent = new Map<number, Waiting>();
  private worker: Worker | null = null;
  private nextJob = 1;
  private isDispatching = false;

  constructor(
    private readonly script: URL,
    private readonly data: GpuWorkerData,
  ) {}

  /**
   * Trains a run.
   * @param wanted shared; 0 in it drops the run
   * @param card the one that is meant; left out where any is
   * @returns the result, or null when the run was dropped
   * @throws Declined where the card cannot train it, or was lost on the way
   */
  run(
    plan: RunPlan,
    wanted: Int32Array,
    onSamples: (samples: Sample[]) => void,
    card?: string,
  ): Promise<TrainedRun | null> {
    return new Promise((resolve, reject) => {
      const job = this.nextJob++;
      const likeness = `${card} ${likenessOf(plan)}`;
      this.queue.push({ job, plan, wanted, card, likeness, onSamples, resolve, reject });
      this.dispatchSoon();
    });
  }

  /** Drops all runs with this flag: queued ones at once, running ones when they notice, or their thread is ended. */
  drop(wanted: Int32Array): void {
    Atomics.store(wanted, 0, 0);
    for (const run of this.queue.splice(0)) {
      if (run.wanted === wanted) run.resolve(null);
      else this.queue.push(run);
    }
    const jobs = [...this.sent.values()].filter((run) => run.wanted === wanted);
    if (jobs.length === 0) return;
    setTimeout(() => {
      if (jobs.some(({ job }) => this.sent.has(job))) this.end((run) => run.resolve(null));
    }, PATIENCE).unref();
  }

  /** The runs of a grid are asked for one after the other: they are looked at when all have come. */
  private dispatchSoon(): void {
    if (this.isDispatching) return;
    this.isDispatching = true;
    setImmediate(() => {
      this.isDispatching = false;
      this.dispatch();
    });
  }

  private dispatch(): void {
    const [first] = this.queue;
    if (!first || this.sent.size > 0) return;
    const isTogether = (run: Waiting) => run.wanted === first.wanted && run.likeness === first.likeness;
    const together = this.queue.filter(isTogether).slice(0, MOST_SENT);
    const isSent = new Set(together);
    this.queue.splice(0, this.queue.length, ...this.queue.filter((run) => !isSent.has(run)));
    for (const run of together) this.sent.set(run.job, run);
    this.worker ??= this.start();
    this.worker.postMessage(together.map(({ job, plan, wanted, card }): CardJob => ({ job, plan, wanted, card })));
  }

  private start(): Worker {
    const worker = new Worker(this.script, { workerData: this.data });
    worker.on('message', (report: CardReport) => this.receive(report));
    const lost = (reason: string) => {
      if (this.worker === worker) this.end((run) => run.reject(new Declined(`the graphics card failed: ${reason}`)));
    };
    worker.on('error', (error) => lost(error instanceof Error ? error.message : String(error)));
    worker.on('exit', () => lost('its thread ended'));
    return worker;
  }

  private receive(report: CardReport): void {
    const run = this.sent.get(report.job);
    if (!run) return;
    if (report.type === 'sampled' || report.type === 'ran') run.onSamples(report.samples);
    if (report.type === 'sampled') return;
    this.sent.delete(report.job);
    if (report.type === 'ran') run.resolve(report.result);
    else if (report.type === 'dropped') run.resolve(null);
    else if (report.type === 'declined') run.reject(new Declined(report.reason));
    else run.reject(Object.assign(new Error(report.message), { stack: report.stack }));
    this.dispatchSoon();
  }

  /** Ends the thread; the next runs get a new one. */
  private end(settle: (run: Waiting) => void): void {
    const { worker } = this;
    this.worker = null;
    void worker?.terminate();
    for (const run of this.sent.values()) settle(run);
    this.sent.clear();
    this.dispatchSoon();
  }
}
