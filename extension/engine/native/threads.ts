/** How many threads one run may have: the pool divides them among the runs that are trained. */
import { workerData } from 'node:worker_threads';

const share: Int32Array | null = workerData instanceof Int32Array ? workerData : null;

export function threadsOfThisRun(): number {
  return share ? Atomics.load(share, 0) : 1;
}
