/** The thread that talks to the graphics card: so that the engine can answer meanwhile. */
import { workerData } from 'node:worker_threads';
import { DevicePrograms } from '../../lab/compiler/gpu/module.ts';
import { type TrainingReport, trainTogether } from '../../lab/training/onGpu/together.ts';
import type { RunPlan } from '../../lab/training/run.ts';
import { acquireDevice } from './adapter.ts';
import { Declined } from './cardProtocol.ts';
import { serveTogether } from './serveTogether.ts';

/** What the thread is started with. */
export interface GpuWorkerData {
  /** A folder of the user's, where the package `webgpu` may be installed. */
  folder: string;
}

const { folder } = workerData as GpuWorkerData;
let programs: Promise<DevicePrograms> | null = null;

async function* train(plans: readonly RunPlan[], card?: string): AsyncGenerator<TrainingReport | null, void> {
  programs ??= acquireDevice(folder).then((device) => new DevicePrograms(device));
  const { name } = (await programs).device;
  if (card !== undefined && card !== name) {
    throw new Declined(`the graphics card is ${name}, but ${card} was measured (depth-lab engine --calibrate)`);
  }
  yield* trainTogether(plans, await programs);
}

serveTogether(train);
