/** The thread that talks to the GPU: so that the engine can answer meanwhile. */
import { parentPort } from 'node:worker_threads';
import { GpuService } from './service.ts';

const service = new GpuService((report) => parentPort?.postMessage(report));
parentPort?.on('message', (request) => service.receive(request));
