/** The thread that talks to the graphics card: one run at a time, so that the engine can answer meanwhile. */
import { workerData } from 'node:worker_threads';
import { DevicePrograms } from '../../lab/compiler/gpu/module.ts';
import { type RunPlan, type Sample, type TrainedRun, trainOnGpu } from '../../lab/training/run.ts';
import { serveRuns } from '../grid/serveRuns.ts';
import { acquireDevice } from './adapter.ts';

/** What the thread is started with. */
export interface GpuWorkerData {
  /** A folder of the user's, where the package `webgpu` may be installed. */
  folder: string;
}

const { folder } = workerData as GpuWorkerData;
let programs: Promise<DevicePrograms> | null = null;

async function* run(plan: RunPlan): AsyncGenerator<Sample | null, TrainedRun> {
  programs ??= acquireDevice(folder).then((device) => new DevicePrograms(device));
  return yield* trainOnGpu(plan, await programs);
}

serveRuns(run);
