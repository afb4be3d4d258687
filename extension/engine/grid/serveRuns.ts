/** Inside a worker thread: trains what it is sent, one run at a time, and streams the samples. */
import { parentPort } from 'node:worker_threads';
import type { RunPlan, Sample, TrainedRun } from '../../lab/training/run.ts';
import { Declined, type WorkerJob, type WorkerReport } from './workerProtocol.ts';

/** Milliseconds between two reports of one run, and before the first: a run that is over by then reports once. */
const REPORT_EVERY = 50;
const FIRST_REPORT = 10;

type Training = Generator<Sample | null, TrainedRun> | AsyncGenerator<Sample | null, TrainedRun>;

export function serveRuns(train: (plan: RunPlan) => Training): void {
  // Runs that arrive while one is trained wait for it.
  let last = Promise.resolve();
  parentPort?.on('message', (job: WorkerJob) => {
    last = last.then(() => serve(job, train));
  });
}

async function serve({ job, plan, wanted }: WorkerJob, train: (plan: RunPlan) => Training): Promise<void> {
  const report = (message: WorkerReport) => parentPort?.postMessage(message);
  try {
    if (Atomics.load(wanted, 0) === 0) return report({ type: 'dropped', job });
    const run = train(plan);
    let samples: Sample[] = [];
    let reported = performance.now() + FIRST_REPORT - REPORT_EVERY;
    for (let next = await run.next(); ; next = await run.next()) {
      if (Atomics.load(wanted, 0) === 0) return report({ type: 'dropped', job });
      if (!next.done && next.value) samples.push(next.value);
      if (next.done) return report({ type: 'ran', job, samples, result: next.value });
      if (samples.length > 0 && performance.now() - reported > REPORT_EVERY) {
        report({ type: 'sampled', job, samples });
        samples = [];
        reported = performance.now();
      }
    }
  } catch (error) {
    if (error instanceof Declined) return report({ type: 'declined', job, reason: error.message });
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    report({ type: 'failed', job, message, stack: stack ?? '' });
  }
}
