/** The GPU runs in its own thread, so that the engine stays responsive. */
import { parentPort } from 'node:worker_threads';
import { transferOf } from '../packedSamples.ts';
import { GpuService } from './service.ts';

const service = new GpuService((report) =>
  parentPort?.postMessage(report, 'samples' in report ? transferOf(report.samples) : []),
);
parentPort?.on('message', (request) => service.receive(request));
