/** The boundary between the engine and the thread of the graphics card. */
import type { WorkerJob, WorkerReport } from '../grid/workerProtocol.ts';

/** Why the card cannot train a run; the processor may. */
export class Declined extends Error {}

export interface CardJob extends WorkerJob {
  /** The one graphics card that may train it; left out where any may. */
  card?: string;
}

export type CardReport =
  | WorkerReport
  /** Nothing of it has been done, or the card was lost on the way. */
  | { type: 'declined'; job: number; reason: string };
