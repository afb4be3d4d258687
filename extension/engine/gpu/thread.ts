/** The engine's handle of the GPU thread, which receives runs that can probably be trained in one batch. */
import { Worker } from 'node:worker_threads';
import type { Refusal } from '../../lab/compiler/backend.ts';
import type { RunPlan, Sample, TrainedRun } from '../../lab/run.ts';
import { unpack } from '../packedSamples.ts';
import { batchKey } from './batchKey.ts';
import type { RunWork } from './costs/count.ts';
import { type GpuJob, GpuRefusal, type GpuReport, type GpuRequest } from './protocol.ts';

/** Milliseconds that canceled runs have to stop before the thread is terminated. */
const CANCEL_GRACE_MS = 3000;

/** Maximum number of runs per message. */
const MAX_SENT = 256;

export interface GpuRunOptions {
  /** An additional folder in which the package `webgpu` may be installed. */
  folder: string;
  /** Shared flag of the runs of one request; 0 drops them. */
  wanted: Int32Array;
  /** The required device; omitted to allow any device. */
  device?: string;
  onSamples(samples: Sample[]): void;
}

/** A pending run. */
interface Waiting extends GpuJob, GpuRunOptions {
  key: string;
  resolve(result: TrainedRun | null): void;
  reject(error: Error): void;
}

export class GpuThread {
  private readonly queue: Waiting[] = [];
  /** The runs sent to the thread, all of one request. */
  private readonly sent = new Map<number, Waiting>();
  private readonly counting = new Map<number, (work: RunWork | Refusal) => void>();
  /** The ids under which the work of runs was counted. */
  private readonly counted = new WeakMap<RunPlan, number>();
  /** Why there is no device, by request; the next request retries in a new thread. */
  private readonly unavailable = new WeakMap<Int32Array, string>();
  private worker: Worker | null = null;
  /** Whether the thread is terminated after its current runs, because its device is unusable. */
  private isRetiring = false;
  private nextId = 1;
  private isDispatching = false;

  /** @param script the thread's file */
  constructor(private readonly script: URL) {}

  /** Prepares a run in the thread, which caches it for {@link run}, and counts its work. */
  count(plan: RunPlan): Promise<RunWork | Refusal> {
    const id = this.nextId++;
    this.counted.set(plan, id);
    return new Promise((resolve) => {
      this.counting.set(id, resolve);
      this.post({ type: 'count', id, plan });
    });
  }

  /** Releases a counted run that will not be trained here. */
  release(plan: RunPlan): void {
    const id = this.counted.get(plan);
    this.counted.delete(plan);
    if (id !== undefined && this.worker) this.post({ type: 'release', id });
  }

  /**
   * Trains a run.
   * @returns the result, or null when the run was dropped
   * @throws GpuRefusal if the GPU cannot train the run or failed during training
   */
  run(plan: RunPlan, options: GpuRunOptions): Promise<TrainedRun | null> {
    return new Promise((resolve, reject) => {
      const job = this.nextId++;
      this.queue.push({
        ...{ ...options, job, plan, resolve, reject },
        counted: this.counted.get(plan),
        key: batchKey(plan),
      });
      this.dispatchSoon();
    });
  }

  /** Drops all runs with this flag: queued ones soon; running ones stop themselves, or their thread is terminated. */
  drop(wanted: Int32Array): void {
    Atomics.store(wanted, 0, 0);
    this.dispatchSoon();
    const jobs = [...this.sent.values()].filter((run) => run.wanted === wanted);
    if (jobs.length === 0) return;
    setTimeout(() => {
      if (!jobs.some(({ job }) => this.sent.has(job))) return;
      for (const run of this.end('it was canceled')) run.resolve(null);
    }, CANCEL_GRACE_MS).unref();
  }

  /** The runs of a grid are requested one by one: dispatch after all requests of this turn. */
  private dispatchSoon(): void {
    if (this.isDispatching) return;
    this.isDispatching = true;
    setImmediate(() => {
      this.isDispatching = false;
      this.dispatch();
    });
  }

  private dispatch(): void {
    this.settleUnrunnable();
    const [first] = this.queue;
    if (!first || this.sent.size > 0) return;
    const isBatched = (run: Waiting) => run.wanted === first.wanted && run.key === first.key;
    const batch = this.queue.filter(isBatched).slice(0, MAX_SENT);
    const isSent = new Set(batch);
    this.queue.splice(0, this.queue.length, ...this.queue.filter((run) => !isSent.has(run)));
    for (const run of batch) this.sent.set(run.job, run);
    const jobs = batch.map(
      ({ job, plan, wanted, device, counted }): GpuJob => ({ job, plan, wanted, device, counted }),
    );
    this.post({ type: 'train', folder: first.folder, jobs });
  }

  /** Settles queued runs that were dropped, or whose request found no device. */
  private settleUnrunnable(): void {
    for (const run of this.queue.splice(0)) {
      const reason = this.unavailable.get(run.wanted);
      const isDropped = Atomics.load(run.wanted, 0) === 0;
      if (!isDropped && reason === undefined) {
        this.queue.push(run);
        continue;
      }
      this.release(run.plan);
      if (isDropped) run.resolve(null);
      else run.reject(new GpuRefusal(reason));
    }
  }

  private post(request: GpuRequest): void {
    this.worker ??= this.start();
    this.worker.postMessage(request);
  }

  private start(): Worker {
    const worker = new Worker(this.script);
    worker.on('message', (report: GpuReport) => {
      if (this.worker === worker) this.receive(report);
    });
    const fail = (what: string) => {
      if (this.worker !== worker) return;
      const reason = `the GPU failed: ${what}`;
      for (const run of this.end(reason)) run.reject(new GpuRefusal(reason));
    };
    worker.on('error', (error) => fail(error instanceof Error ? error.message : String(error)));
    worker.on('exit', () => fail('its thread ended'));
    return worker;
  }

  private receive(report: GpuReport): void {
    switch (report.type) {
      case 'counted':
        this.settleCount(report.id, report.work);
        break;
      case 'uncountable':
        this.settleCount(report.id, { refusal: report.reason });
        break;
      case 'unavailable':
        for (const { wanted } of this.sent.values()) this.unavailable.set(wanted, report.reason);
        this.isRetiring = true;
        break;
      default:
        this.receiveRun(report);
    }
  }

  private receiveRun(report: Extract<GpuReport, { job: number }>): void {
    const run = this.sent.get(report.job);
    if (!run) return;
    if (report.type === 'sampled' || report.type === 'ran') run.onSamples(unpack(report.samples));
    if (report.type === 'sampled') return;
    this.sent.delete(report.job);
    if (report.type === 'ran') run.resolve(report.result);
    else if (report.type === 'dropped') run.resolve(null);
    else if (report.type === 'refused') run.reject(new GpuRefusal(report.reason));
    else run.reject(Object.assign(new Error(report.message), { stack: report.stack }));
    if (this.isRetiring && this.sent.size === 0) this.end('its device is gone');
    this.dispatchSoon();
  }

  private settleCount(id: number, work: RunWork | Refusal): void {
    this.counting.get(id)?.(work);
    this.counting.delete(id);
  }

  /** Terminates the thread and returns its runs; later runs use a new thread. */
  private end(reason: string): Waiting[] {
    const { worker } = this;
    this.worker = null;
    this.isRetiring = false;
    void worker?.terminate();
    for (const id of [...this.counting.keys()]) this.settleCount(id, { refusal: reason });
    const runs = [...this.sent.values()];
    this.sent.clear();
    this.dispatchSoon();
    return runs;
  }
}
