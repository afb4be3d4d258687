/** The service of the GPU thread: counts work, trains runs in batches, and streams their samples. */
import { isRefusal } from '../../lab/compiler/backend.ts';
import { DevicePrograms } from '../../lab/compiler/gpu/module.ts';
import type { Sample } from '../../lab/run.ts';
import { pack } from '../packedSamples.ts';
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
    const device = jobs[0]?.device;
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
  /** The jobs that have not ended, by their runs, with the samples that have not been told. */
  private readonly open: Map<number, { job: number; samples: Sample[] }>;
  private reported = performance.now();

  constructor(
    private readonly jobs: readonly GpuJob[],
    private readonly post: Post,
  ) {
    this.open = new Map(jobs.map(({ job }, run) => [run, { job, samples: [] }]));
  }

  get isWanted(): boolean {
    return this.jobs.some(({ wanted }) => Atomics.load(wanted, 0) !== 0);
  }

  take(report: TrainingReport | null): void {
    if (report !== null) this.takeReport(report);
    if (performance.now() - this.reported > REPORT_EVERY) this.flush();
  }

  dropRest(): void {
    for (const [run, { job }] of [...this.open]) this.end(run, { type: 'dropped', job });
  }

  /** Ends all remaining runs as refused or failed. */
  endAll(error: unknown): void {
    for (const [run, { job }] of [...this.open]) this.fail(run, job, error);
  }

  private takeReport(report: TrainingReport): void {
    const { run } = report;
    const known = this.open.get(run);
    if (!known) return;
    const { job, samples } = known;
    if ('sample' in report) samples.push(report.sample);
    else if ('result' in report) {
      this.end(run, { type: 'ran', job, samples: pack(samples.splice(0)), result: report.result });
    } else if ('refusal' in report) this.end(run, { type: 'refused', job, reason: report.refusal });
    else this.fail(run, job, report.failure);
  }

  private flush(): void {
    for (const { job, samples } of this.open.values()) {
      if (samples.length > 0) this.post({ type: 'sampled', job, samples: pack(samples.splice(0)) });
    }
    this.reported = performance.now();
  }

  private fail(run: number, job: number, error: unknown): void {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    if (error instanceof GpuRefusal) this.end(run, { type: 'refused', job, reason: message });
    else this.end(run, { type: 'failed', job, message, stack: stack ?? '' });
  }

  private end(run: number, report: GpuReport): void {
    this.open.delete(run);
    this.post(report);
  }
}
