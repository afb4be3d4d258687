/** The service of the GPU thread: counts work, trains runs in batches, and streams their samples. */
import { isRefusal } from '../../lab/compiler/backend.ts';
import { DevicePrograms } from '../../lab/compiler/gpu/module.ts';
import type { Sample } from '../../lab/run.ts';
import { findDevice } from './adapter.ts';
import type { BatchedRun } from './batch/batchedRun.ts';
import type { TrainingReport } from './batch/report.ts';
import { LIMITS, trainRuns } from './batch/trainRuns.ts';
import { PreparedRuns } from './preparedRuns.ts';
import { type GpuJob, GpuRefusal, type GpuReport, type GpuRequest } from './protocol.ts';

/** Milliseconds between two reports of samples. */
const REPORT_EVERY = 50;

type Post = (report: GpuReport) => void;

export class GpuService {
  private readonly prepared = new PreparedRuns();
  private programs: Promise<DevicePrograms> | null = null;
  /** Runs that arrive during training are queued. */
  private last = Promise.resolve();

  /** @param find finds a device, also with packages in a user's folder */
  constructor(
    private readonly post: Post,
    private readonly find: typeof findDevice = findDevice,
  ) {}

  receive(request: GpuRequest): void {
    if (request.type === 'count') this.post(this.prepared.count(request.id, request.plan));
    else if (request.type === 'release') this.prepared.release(request.id);
    else this.last = this.last.then(() => this.train(request.jobs, request.folder));
  }

  private async train(jobs: readonly GpuJob[], folder: string): Promise<void> {
    const progress = new Progress(jobs, this.post);
    try {
      this.programs ??= this.load(folder);
      await this.trainOn(await this.programs, jobs, progress);
    } catch (error) {
      if (error instanceof GpuRefusal) this.post({ type: 'unavailable', reason: error.message });
      progress.endAll(error);
    }
  }

  private async load(folder: string): Promise<DevicePrograms> {
    const device = await this.find(folder);
    if (isRefusal(device)) throw new GpuRefusal(device.refusal);
    return new DevicePrograms(device);
  }

  private async trainOn(programs: DevicePrograms, jobs: readonly GpuJob[], progress: Progress): Promise<void> {
    const { name } = programs.device;
    const [{ device }] = jobs;
    if (device !== undefined && device !== name) {
      const reason = `the GPU is ${name}, but ${device} was measured (depth-lab engine --calibrate)`;
      progress.endAll(new GpuRefusal(reason));
      return;
    }
    const plans = jobs.map(({ plan }) => plan);
    let isReported = false;
    for await (const report of trainRuns(plans, programs, LIMITS, this.takePrepared(jobs))) {
      if (programs.lost !== null && !isReported) this.post({ type: 'unavailable', reason: programs.lost });
      isReported = programs.lost !== null;
      if (!progress.isWanted) break;
      progress.take(report);
    }
    progress.dropRest();
  }

  private takePrepared(jobs: readonly GpuJob[]): Map<number, BatchedRun> {
    const taken = new Map<number, BatchedRun>();
    jobs.forEach(({ counted }, run) => {
      const prepared = counted === undefined ? null : this.prepared.take(counted, run);
      if (prepared) taken.set(run, prepared);
    });
    return taken;
  }
}

/** Reports about the runs of one message, which belong to one request. */
class Progress {
  private readonly open: Set<number>;
  private readonly samples: Sample[][];
  private reported = performance.now();

  constructor(
    private readonly jobs: readonly GpuJob[],
    private readonly post: Post,
  ) {
    this.open = new Set(jobs.keys());
    this.samples = jobs.map(() => []);
  }

  get isWanted(): boolean {
    return Atomics.load(this.jobs[0].wanted, 0) !== 0;
  }

  take(report: TrainingReport | null): void {
    if (report !== null) this.takeReport(report);
    if (performance.now() - this.reported > REPORT_EVERY) this.flush();
  }

  dropRest(): void {
    for (const run of [...this.open]) this.end(run, { type: 'dropped', job: this.jobs[run].job });
  }

  /** Ends all remaining runs as refused or failed. */
  endAll(error: unknown): void {
    for (const run of [...this.open]) this.fail(run, error);
  }

  private takeReport(report: TrainingReport): void {
    const { run } = report;
    const { job } = this.jobs[run];
    if ('sample' in report) this.samples[run].push(report.sample);
    else if ('result' in report) {
      this.end(run, { type: 'ran', job, samples: this.samples[run].splice(0), result: report.result });
    } else if ('refusal' in report) this.end(run, { type: 'refused', job, reason: report.refusal });
    else this.fail(run, report.failure);
  }

  private flush(): void {
    for (const run of this.open) {
      const samples = this.samples[run].splice(0);
      if (samples.length > 0) this.post({ type: 'sampled', job: this.jobs[run].job, samples });
    }
    this.reported = performance.now();
  }

  private fail(run: number, error: unknown): void {
    const { job } = this.jobs[run];
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    if (error instanceof GpuRefusal) this.end(run, { type: 'refused', job, reason: message });
    else this.end(run, { type: 'failed', job, message, stack: stack ?? '' });
  }

  private end(run: number, report: GpuReport): void {
    this.open.delete(run);
    this.post(report);
  }
}
