/** The service of a worker thread: trains one run at a time and streams its samples. */
import { parentPort } from 'node:worker_threads';
import type { CpuBackend } from '../../lab/compiler/backend.ts';
import { type RunPlan, type Sample, train } from '../../lab/run.ts';
import { backendsFor } from '../native/choice.ts';
import { pack, transferOf } from '../packedSamples.ts';
import type { CpuJob, SentProgram, WorkerReport } from '../workerProtocol.ts';
import { backendsWithHelpers } from './backends.ts';

/** Milliseconds between two reports of one run, and before the first one. A shorter run reports once. */
const REPORT_EVERY = 50;
const FIRST_REPORT = 4;

/** @param helper the script of the threads that help this one */
export function serveRuns(helper: URL): void {
  const { backends, team } = backendsWithHelpers(helper);
  parentPort?.on('message', (job: CpuJob) => {
    serve(job, backends);
    team?.forget();
  });
}

function serve(job: CpuJob, backends: readonly CpuBackend[]): void {
  try {
    report(finished(job, backends));
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    report({ type: 'failed', job: job.job, message, stack: stack ?? '' });
  }
}

/** Trains, streams the samples, and returns the final report. */
function finished({ job, plan: rest, program, wanted, native }: CpuJob, backends: readonly CpuBackend[]): WorkerReport {
  const plan = { ...rest, program: received(program) };
  const run = train(plan, backendsFor(plan, native, backends));
  let samples: Sample[] = [];
  let reported = performance.now() + FIRST_REPORT - REPORT_EVERY;
  while (Atomics.load(wanted, 0) !== 0) {
    const next = run.next();
    if (!next.done && next.value) samples.push(next.value);
    if (next.done) return { type: 'ran', job, samples: pack(samples), result: next.value };
    if (samples.length > 0 && performance.now() - reported > REPORT_EVERY) {
      report({ type: 'sampled', job, samples: pack(samples) });
      samples = [];
      reported = performance.now();
    }
  }
  return { type: 'dropped', job };
}

const programs = new Map<number, RunPlan['program']>();

function received({ number, program }: SentProgram): RunPlan['program'] {
  if (number === 0 && program) programs.clear();
  if (program) programs.set(number, program);
  return programs.get(number)!;
}

function report(message: WorkerReport): void {
  parentPort?.postMessage(message, 'samples' in message ? transferOf(message.samples) : []);
}
