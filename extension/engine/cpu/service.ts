/** The service of a worker thread: trains one run at a time and streams its samples. */
import { parentPort } from 'node:worker_threads';
import { type Sample, train } from '../../lab/run.ts';
import { backendsFor } from '../native/choice.ts';
import type { CpuJob, WorkerReport } from '../workerProtocol.ts';

/** Milliseconds between two reports of one run, and before the first one. A shorter run reports once. */
const REPORT_EVERY = 50;
const FIRST_REPORT = 10;

export function serveRuns(): void {
  parentPort?.on('message', (job: CpuJob) => serve(job));
}

function serve(job: CpuJob): void {
  try {
    report(finished(job));
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    report({ type: 'failed', job: job.job, message, stack: stack ?? '' });
  }
}

/** Trains, streams the samples, and returns the final report. */
function finished({ job, plan, wanted, native }: CpuJob): WorkerReport {
  const run = train(plan, backendsFor(plan, native));
  let samples: Sample[] = [];
  let reported = performance.now() + FIRST_REPORT - REPORT_EVERY;
  while (Atomics.load(wanted, 0) !== 0) {
    const next = run.next();
    if (!next.done && next.value) samples.push(next.value);
    if (next.done) return { type: 'ran', job, samples, result: next.value };
    if (samples.length > 0 && performance.now() - reported > REPORT_EVERY) {
      report({ type: 'sampled', job, samples });
      samples = [];
      reported = performance.now();
    }
  }
  return { type: 'dropped', job };
}

function report(message: WorkerReport): void {
  parentPort?.postMessage(message);
}
