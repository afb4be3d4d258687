/** `depth-lab run` and `depth-lab check`: train the experiments of lab files and report on them. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeLimitsOf, EngineClient, type EngineRun } from '../engine/client.ts';
import type { EngineChoice, Shard } from '../engine/protocol.ts';
import { chosenStore, STORE_LIMIT, STORE_VARIABLE } from '../store/location.ts';
import { ExitStatus } from './exitStatus.ts';
import { refusalOf } from './labFile.ts';
import { WriteError } from './resultsFile.ts';
import { type ReportOptions, RunReport } from './runReport.ts';

export interface RunOptions extends ReportOptions {
  experiment?: string;
  engine: EngineChoice;
  workers?: number;
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
  /** A part of each grid. */
  shard?: Shard;
  /** Train again what is stored. */
  fresh?: boolean;
  /** Do not use what another machine computed. */
  exact?: boolean;
}

const INTERRUPTS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export async function run(files: readonly string[], options: RunOptions): Promise<ExitStatus> {
  const enginePath = fileURLToPath(new URL('./engine.js', import.meta.url));
  const client = new EngineClient({
    enginePath,
    isForOne: files.length === 1,
    limits: () => codeLimitsOf(options.codeTime, options.codeMemory),
    onOutput: (text) => process.stderr.write(text),
  });
  let current: EngineRun | null = null;
  let isStopped = false;
  let interrupted = false;
  const stop = () => {
    isStopped = true;
    current?.cancel();
  };
  let report: RunReport;
  try {
    report = new RunReport(options, stop);
  } catch (error) {
    await client.dispose();
    if (!(error instanceof WriteError)) throw error;
    process.stderr.write(`depth-lab: ${error.message}\n`);
    return ExitStatus.Wrong;
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
        report.refuse(file, refusal);
        continue;
      }
      const { workers = null, engine, experiment, fresh = false, exact = false } = options;
      const folder = chosenStore(resolve(file), options.store, process.env[STORE_VARIABLE]);
      const limit = (options.storeLimit ?? STORE_LIMIT) * 2 ** 30;
      const request = {
        file: resolve(file),
        experiments: experiment === undefined ? null : [experiment],
        workers,
        engine,
        store: folder === null ? null : { folder, fresh, exact, limit },
        shard: options.shard ?? null,
        instead: { seeds: options.seeds ?? null, steps: options.steps ?? null },
      };
      current = client.run(request, (event) => report.take(event));
      // It may have been stopped by what was reported at once.
      if (isStopped) current.cancel();
      await current.ended;
    }
  } finally {
    report.end(!isStopped);
    await client.dispose();
  }
  return interrupted && report.status !== ExitStatus.Wrong ? ExitStatus.Interrupted : report.status;
}
