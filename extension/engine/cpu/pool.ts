/** A pool of worker threads that train runs. Results do not depend on the number of threads. */
import { Worker } from 'node:worker_threads';
import type { RunPlan, Sample, TrainedRun } from '../../lab/run.ts';
import { unpack } from '../packedSamples.ts';
import type { CpuJob, NativeWish, SentProgram, WorkerReport } from '../workerProtocol.ts';

/** Milliseconds that a canceled run has to stop before its thread is terminated. */
const CANCEL_GRACE_MS = 1000;

/** A pending run. */
interface Job {
  id: number;
  plan: RunPlan;
  /** Maximum number of threads of its request. */
  limit: number;
  wanted: Int32Array;
  native: NativeWish | null;
  onSamples(samples: Sample[]): void;
  settle(outcome: { result: TrainedRun } | { error: Error } | 'dropped'): void;
}

interface Thread {
  worker: Worker;
  /** The run that it trains, and possibly the next one. */
  jobs: Job[];
  programs: SentPrograms;
}

/**
 * A thread is sent its next run early while at least this many runs per thread are queued, so that threads do not idle
 * and the load stays balanced at the end.
 */
const EARLY = 3;

/** Programs that a thread keeps, at most. */
const MOST_PROGRAMS = 64;

/** The programs that a thread has. */
class SentPrograms {
  private readonly numbers = new Map<RunPlan['program'], number>();

  toSend(program: RunPlan['program']): SentProgram {
    const known = this.numbers.get(program);
    if (known !== undefined) return { number: known, program: null };
    if (this.numbers.size === MOST_PROGRAMS) this.numbers.clear();
    const number = this.numbers.size;
    this.numbers.set(program, number);
    return { number, program };
  }
}

export class WorkerPool {
  private readonly queue: Job[] = [];
  private readonly threads: Thread[] = [];
  private nextJob = 1;
  /** Shared with all threads: how many of them one run may have. */
  private readonly share = new Int32Array(new SharedArrayBuffer(4)).fill(1);

  /** @param script the worker's file */
  constructor(private readonly script: URL) {}

  /**
   * Trains a run.
   * @param wanted shared flag; 0 drops the run
   * @param native whether the machine's C compiler may be used
   * @returns the result, or null when the run was dropped
   */
  run(
    plan: RunPlan,
    threads: number,
    wanted: Int32Array,
    onSamples: (samples: Sample[]) => void,
    native: NativeWish | null = null,
  ): Promise<TrainedRun | null> {
    return new Promise((resolve, reject) => {
      const settle: Job['settle'] = (outcome) => {
        if (outcome === 'dropped') resolve(null);
        else if ('error' in outcome) reject(outcome.error);
        else resolve(outcome.result);
      };
      this.queue.push({ id: this.nextJob++, plan, limit: threads, wanted, native, onSamples, settle });
      this.dispatch();
    });
  }

  /** Starts threads before there are runs. */
  warm(threads: number): void {
    while (this.threads.length < threads) this.start();
  }

  /**
   * Drops all runs with this flag: queued ones immediately; running ones stop themselves, or their thread is
   * terminated.
   */
  drop(wanted: Int32Array): void {
    Atomics.store(wanted, 0, 0);
    for (const job of this.queue.splice(0)) {
      if (job.wanted === wanted) job.settle('dropped');
      else this.queue.push(job);
    }
    for (const thread of this.threads) {
      const [job] = thread.jobs;
      if (job?.wanted !== wanted) continue;
      setTimeout(() => {
        if (thread.jobs[0] === job) this.end(thread, 'dropped');
      }, CANCEL_GRACE_MS).unref();
    }
  }

  private dispatch(): void {
    for (let job = this.queue[0]; job; job = this.queue[0]) {
      const thread = this.threadForNext(job.limit);
      if (!thread) return;
      this.queue.shift();
      thread.jobs.push(job);
      const { id, wanted, native } = job;
      const { program, ...plan } = job.plan;
      const message: CpuJob = { job: id, wanted, native, plan, program: thread.programs.toSend(program) };
      thread.worker.postMessage(message);
      this.divide(job.limit);
    }
  }

  /** Gives each run that is trained an equal share of the threads. */
  private divide(limit: number): void {
    const busy = this.threads.filter((thread) => thread.jobs.length > 0).length;
    Atomics.store(this.share, 0, Math.max(1, Math.floor(limit / Math.max(1, busy))));
  }

  /** An idle thread, a new one, or one that may receive its next run early. */
  private threadForNext(limit: number): Thread | null {
    const busy = this.threads.filter((thread) => thread.jobs.length > 0);
    if (busy.length < limit) return this.threads.find((thread) => thread.jobs.length === 0) ?? this.start();
    if (this.queue.length < EARLY * limit) return null;
    return busy.find((thread) => thread.jobs.length === 1) ?? null;
  }

  private start(): Thread {
    const thread: Thread = {
      worker: new Worker(this.script, { argv: process.argv.slice(2), workerData: this.share }),
      jobs: [],
      programs: new SentPrograms(),
    };
    thread.worker.on('message', (report: WorkerReport) => this.receive(thread, report));
    thread.worker.on('error', (error) =>
      this.end(thread, { error: error instanceof Error ? error : new Error(String(error)) }),
    );
    this.threads.push(thread);
    return thread;
  }

  private receive(thread: Thread, report: WorkerReport): void {
    const job = thread.jobs.find(({ id }) => id === report.job);
    if (!job) return;
    if (report.type === 'sampled' || report.type === 'ran') job.onSamples(unpack(report.samples));
    if (report.type === 'sampled') return;
    thread.jobs.splice(thread.jobs.indexOf(job), 1);
    if (report.type === 'ran') job.settle({ result: report.result });
    else if (report.type === 'dropped') job.settle('dropped');
    else job.settle({ error: Object.assign(new Error(report.message), { stack: report.stack }) });
    this.dispatch();
    this.divide(job.limit);
  }

  private end(thread: Thread, outcome: { error: Error } | 'dropped'): void {
    const [job, ...waiting] = thread.jobs.splice(0);
    this.threads.splice(this.threads.indexOf(thread), 1);
    void thread.worker.terminate();
    this.queue.unshift(...waiting.filter(({ wanted }) => Atomics.load(wanted, 0) !== 0));
    for (const next of waiting) if (Atomics.load(next.wanted, 0) === 0) next.settle('dropped');
    job?.settle(outcome);
    this.dispatch();
    if (job) this.divide(job.limit);
  }
}
