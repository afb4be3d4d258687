/** A worker thread: trains one run at a time and streams its samples. It never sees the user's code, only plans. */
import { parentPort } from 'node:worker_threads';
import { type Sample, train } from '../lab/training/run.ts';
import type { WorkerJob, WorkerReport } from './grid/workerProtocol.ts';

/** Milliseconds between two reports of one run. */
const REPORT_EVERY = 50;

parentPort?.on('message', ({ job, plan, wanted }: WorkerJob) => {
  const report = (message: WorkerReport) => parentPort?.postMessage(message);
  try {
    const run = train(plan);
    let samples: Sample[] = [];
    let reported = Number.NEGATIVE_INFINITY; // the first sample goes out at once
    for (let next = run.next(); ; next = run.next()) {
      if (Atomics.load(wanted, 0) === 0) return report({ type: 'dropped', job });
      if (!next.done && next.value) samples.push(next.value);
      if (next.done || performance.now() - reported > REPORT_EVERY) {
        if (samples.length > 0) report({ type: 'sampled', job, samples });
        samples = [];
        reported = performance.now();
      }
      if (next.done) return report({ type: 'ran', job, result: next.value });
    }
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    report({ type: 'failed', job, message, stack: stack ?? '' });
  }
});
