/** Inside the thread of the graphics card: trains the runs that it is sent together, and streams their samples. */
import { parentPort } from 'node:worker_threads';
import type { TrainingReport } from '../../lab/training/onGpu/together.ts';
import type { RunPlan, Sample } from '../../lab/training/run.ts';
import { type CardJob, type CardReport, Declined } from './cardProtocol.ts';

/** Milliseconds between two reports of samples. */
const REPORT_EVERY = 50;

type Train = (plans: readonly RunPlan[], card?: string) => AsyncGenerator<TrainingReport | null, void>;

/** @param train with the card that is meant, where one is */
export function serveTogether(train: Train): void {
  // Runs that arrive while others are trained wait for them.
  let last = Promise.resolve();
  parentPort?.on('message', (jobs: CardJob[]) => {
    last = last.then(() => new Service(jobs).serve(train));
  });
}

/** Runs that came with one message, of one request. */
class Service {
  private readonly open: Set<number>;
  private readonly samples: Sample[][];
  private reported = performance.now();

  constructor(private readonly jobs: readonly CardJob[]) {
    this.open = new Set(jobs.keys());
    this.samples = jobs.map(() => []);
  }

  async serve(train: Train): Promise<void> {
    const [{ wanted, card }] = this.jobs;
    try {
      for await (const report of train(
        this.jobs.map(({ plan }) => plan),
        card,
      )) {
        if (Atomics.load(wanted, 0) === 0) break;
        if (report !== null) this.take(report);
        if (performance.now() - this.reported > REPORT_EVERY) this.flush();
      }
      for (const run of [...this.open]) this.end(run, { type: 'dropped', job: this.jobs[run].job });
    } catch (error) {
      for (const run of [...this.open]) this.fail(run, error);
    }
  }

  private take(report: TrainingReport): void {
    const { run } = report;
    const { job } = this.jobs[run];
    if ('sample' in report) this.samples[run].push(report.sample);
    else if ('result' in report) {
      this.end(run, { type: 'ran', job, samples: this.samples[run].splice(0), result: report.result });
    } else if ('refusal' in report) this.end(run, { type: 'declined', job, reason: report.refusal });
    else this.fail(run, report.failure);
  }

  private flush(): void {
    for (const run of this.open) {
      const samples = this.samples[run].splice(0);
      if (samples.length > 0) post({ type: 'sampled', job: this.jobs[run].job, samples });
    }
    this.reported = performance.now();
  }

  private fail(run: number, error: unknown): void {
    const { job } = this.jobs[run];
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    if (error instanceof Declined) this.end(run, { type: 'declined', job, reason: message });
    else this.end(run, { type: 'failed', job, message, stack: stack ?? '' });
  }

  private end(run: number, report: CardReport): void {
    this.open.delete(run);
    post(report);
  }
}

function post(report: CardReport): void {
  parentPort?.postMessage(report);
}
