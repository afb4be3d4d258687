/** Worker threads that train runs, as many at once as there are threads; results do not depend on their number. */
import { Worker } from 'node:worker_threads';
import type { RunResult } from '../../lab/results.ts';
import type { RunPlan, Sample } from '../../lab/training/run.ts';
import { Declined, type WorkerReport } from './workerProtocol.ts';

/** Milliseconds that a run which is no longer wanted may take to notice before its thread is ended. */
const PATIENCE = 1000;

/** One run that somebody waits for. */
interface Job {
  id: number;
  plan: RunPlan;
  wanted: Int32Array;
  onSamples(samples: Sample[]): void;
  settle(outcome: { result: RunResult } | { error: Error } | 'dropped'): void;
}

interface Thread {
  worker: Worker;
  job: Job | null;
}

export class WorkerPool {
  private readonly queue: Job[] = [];
  private readonly threads: Thread[] = [];
  private nextJob = 1;

  /**
   * @param script the worker's file
   * @param data what each thread is started with
   */
  constructor(
    private readonly script: URL,
    private readonly data: unknown = null,
  ) {}

  /**
   * Trains a run.
   * @param wanted shared; 0 in it drops the run
   * @returns the result, or null when the run was dropped
   * @throws Declined where the threads of this pool cannot train it
   */
  run(
    plan: RunPlan,
    threads: number,
    wanted: Int32Array,
    onSamples: (samples: Sample[]) => void,
  ): Promise<RunResult | null> {
    return new Promise((resolve, reject) => {
      const settle: Job['settle'] = (outcome) => {
        if (outcome === 'dropped') resolve(null);
        else if ('error' in outcome) reject(outcome.error);
        else resolve(outcome.result);
      };
      this.queue.push({ id: this.nextJob++, plan, wanted, onSamples, settle });
      this.dispatch(threads);
    });
  }

  /** Drops all runs with this flag: queued ones at once, running ones when they notice, or their thread is ended. */
  drop(wanted: Int32Array): void {
    Atomics.store(wanted, 0, 0);
    for (const job of this.queue.splice(0)) {
      if (job.wanted === wanted) job.settle('dropped');
      else this.queue.push(job);
    }
    for (const thread of this.threads) {
      const { job } = thread;
      if (job?.wanted !== wanted) continue;
      setTimeout(() => {
        if (thread.job === job) this.end(thread, 'dropped');
      }, PATIENCE).unref();
    }
  }

  private dispatch(limit: number): void {
    while (this.queue.length > 0) {
      const busy = this.threads.filter((thread) => thread.job !== null).length;
      if (busy >= limit) return;
      const thread = this.threads.find((candidate) => candidate.job === null) ?? this.start(limit);
      const job = this.queue.shift();
      if (!job) return;
      thread.job = job;
      thread.worker.postMessage({ job: job.id, plan: job.plan, wanted: job.wanted });
    }
  }

  private start(limit: number): Thread {
    const thread: Thread = { worker: new Worker(this.script, { workerData: this.data }), job: null };
    thread.worker.on('message', (report: WorkerReport) => this.receive(thread, report, limit));
    thread.worker.on('error', (error) =>
      this.end(thread, { error: error instanceof Error ? error : new Error(String(error)) }),
    );
    this.threads.push(thread);
    return thread;
  }

  private receive(thread: Thread, report: WorkerReport, limit: number): void {
    const { job } = thread;
    if (!job || job.id !== report.job) return;
    if (report.type === 'sampled') {
      job.onSamples(report.samples);
      return;
    }
    thread.job = null;
    if (report.type === 'ran') job.settle({ result: report.result });
    else if (report.type === 'dropped') job.settle('dropped');
    else if (report.type === 'declined') job.settle({ error: new Declined(report.reason) });
    else job.settle({ error: Object.assign(new Error(report.message), { stack: report.stack }) });
    this.dispatch(limit);
  }

  private end(thread: Thread, outcome: { error: Error } | 'dropped'): void {
    const { job } = thread;
    thread.job = null;
    this.threads.splice(this.threads.indexOf(thread), 1);
    void thread.worker.terminate();
    job?.settle(outcome);
  }
}
