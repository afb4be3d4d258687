/** Asks the engine for the runs of lab files, one file after the other, until all are through or the user interrupts. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeLimitsOf, EngineClient, type EngineRun } from '../engine/client.ts';
import type { EngineChoice, EngineEvent, RunRequest, Shard } from '../engine/protocol.ts';
import { chosenStore, STORE_LIMIT, STORE_VARIABLE } from '../store/location.ts';
import { ExitStatus } from './exitStatus.ts';
import { type Refusal, refusalOf } from './labFile.ts';
import { TimeLimit } from './timeLimit.ts';

export interface TrainingOptions {
  experiment?: string;
  engine: EngineChoice;
  workers?: number;
  /** False to leave the machine's C compiler alone. */
  native?: boolean;
  /** Limits of user code: seconds of processor time, and GiB. */
  codeTime?: number;
  codeMemory?: number;
  /** The folder of the store; false for none. */
  store?: string | false;
  /** GiB. */
  storeLimit?: number;
  /** Instead of those of the definition. */
  seeds?: number[];
  steps?: number;
  /** The full size of each experiment that has one. */
  full?: boolean;
  /** A part of each grid. */
  shard?: Shard;
  /** Train again what is stored. */
  fresh?: boolean;
  /** Do not use what another machine computed. */
  exact?: boolean;
  /** Whether `ran` events say more of each run; see RunDetails. */
  details?: boolean;
  /** False to leave out of the samples what is only drawn. */
  snapshots?: boolean;
}

/** What becomes of the events. */
export interface Receiver {
  readonly status: ExitStatus;
  /** @param file as the user named it */
  take(event: EngineEvent, file: string): void;
  /** A file that cannot be run. */
  refuse(file: string, refusal: Refusal): void;
  /** @param isComplete whether everything that was asked for was run */
  end(isComplete: boolean): void;
}

const INTERRUPTS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * @param receiverOf makes the receiver; `stop` ends the training
 * @returns the exit status
 */
export async function train(
  files: readonly string[],
  options: TrainingOptions,
  receiverOf: (stop: () => void) => Receiver,
): Promise<ExitStatus> {
  const client = new EngineClient({
    enginePath: fileURLToPath(new URL('./engine.js', import.meta.url)),
    isForOne: files.length === 1,
    limits: () => codeLimitsOf(options.codeTime, options.codeMemory),
    onOutput: (text) => process.stderr.write(text),
  });
  let current: EngineRun | null = null;
  let isStopped = false;
  let interrupted = false;
  let isCut = false;
  const stop = () => {
    isStopped = true;
    current?.cancel();
  };
  let receiver: Receiver;
  try {
    receiver = receiverOf(stop);
  } catch (error) {
    await client.dispose();
    throw error;
  }
  // Until the process ends: impatient users press Ctrl+C more than once, and what is finished must still be printed.
  const interrupt = () => {
    interrupted = true;
    stop();
  };
  for (const signal of INTERRUPTS) process.on(signal, interrupt);
  try {
    for (const file of files) {
      if (isStopped) break;
      const refusal = refusalOf(file);
      if (refusal) {
        receiver.refuse(file, refusal);
        continue;
      }
      const timer = new TimeLimit(
        resolve(file),
        options.full ?? false,
        () => current?.cancel(),
        (event) => receiver.take(event, file),
      );
      current = client.run(requestOf(file, options), (event) => {
        receiver.take(event, file);
        timer.take(event);
      });
      // It may have been stopped by what was reported at once.
      if (isStopped) current.cancel();
      await current.ended;
      isCut ||= timer.isExceeded;
    }
  } finally {
    receiver.end(!isStopped && !isCut);
    await client.dispose();
  }
  return interrupted && receiver.status !== ExitStatus.Wrong ? ExitStatus.Interrupted : receiver.status;
}

function requestOf(
  name: string,
  { engine, experiment, fresh = false, exact = false, details = false, ...options }: TrainingOptions,
): Omit<RunRequest, 'type' | 'request' | 'limits' | 'unsaved' | 'draft' | 'have' | 'only'> {
  const file = resolve(name);
  const folder = chosenStore(file, options.store, process.env[STORE_VARIABLE]);
  const limit = (options.storeLimit ?? STORE_LIMIT) * 2 ** 30;
  return {
    file,
    experiments: experiment === undefined ? null : [experiment],
    workers: options.workers ?? null,
    native: options.native,
    engine,
    store: folder === null ? null : { folder, fresh, exact, limit },
    shard: options.shard ?? null,
    instead: { seeds: options.seeds ?? null, steps: options.steps ?? null, full: options.full ?? false },
    details,
    snapshots: options.snapshots,
  };
}
