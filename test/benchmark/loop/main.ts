/**
 * The training loops of the jobs alone, as the peers time theirs: compiled, with the data in memory, without samples.
 * Prints the peers' JSON lines with peer "depth-lab-loop", or with `--no-native` "depth-lab-wasm", as on a machine that
 * has no C compiler. Called by `npm run benchmark`.
 */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { isJob, JOB_FILES, lossOfPeers } from '../../../extension/cli/benchJobs.ts';
import { Evaluator } from '../../../extension/engine/evaluation/evaluator.ts';
import { type PlannedRuns, withRuns } from '../../../extension/engine/evaluation/planned.ts';
import { allowRelaxedSimd } from '../../../extension/engine/relaxedSimd.ts';
import { ModuleGraph } from '../../../extension/engine/sources/moduleGraph.ts';
import type { Looped, LoopJob } from './worker.ts';

allowRelaxedSimd();
const NO_NATIVE = '--no-native';
const asked = process.argv.slice(2).filter((argument) => argument !== NO_NATIVE);
const mayCompile = !process.argv.includes(NO_NATIVE);
const isAsked = (job: string) => (asked.length > 0 ? asked.includes(job) : isJob(job));
for (const name of JOB_FILES) {
  for (const planned of await plansOf(path.resolve('media/benchmark', name))) await time(planned);
}
process.exit();

/** Plans the jobs of a lab file. */
async function plansOf(file: string): Promise<PlannedRuns[]> {
  const evaluator = new Evaluator(pathToFileURL(path.resolve('dist/evaluator.js')));
  const { modules: sources } = new ModuleGraph().of(file, []);
  const limits = { seconds: 60, bytes: 2 ** 32 };
  const { experiments } = await evaluator.ask({ type: 'load', file, sources, unsaved: [], limits });
  const planned: PlannedRuns[] = [];
  for (const [position, { experiment }] of experiments.entries()) {
    if (!isAsked(experiment)) continue;
    const instead = { seeds: null, steps: null };
    const question = { type: 'plan', experiment: position, workers: availableParallelism(), instead } as const;
    planned.push(withRuns(await evaluator.ask(question)).plan);
  }
  evaluator.end();
  return planned;
}

/** Trains the runs on all cores, as the engine does: several at once, or one on several. */
async function time({ grid, runs }: PlannedRuns): Promise<void> {
  const cores = availableParallelism();
  const threads = Math.min(cores, runs.length);
  const share = new Int32Array(new SharedArrayBuffer(4)).fill(Math.floor(cores / threads));
  const outcomes = await Promise.all(
    Array.from({ length: threads }, (_, thread) => {
      const own = runs.filter((__, position) => position % threads === thread);
      return looped({ runs: own, native: mayCompile ? { runs: runs.length } : null }, share);
    }),
  );
  const line = {
    job: grid.experiment,
    peer: mayCompile ? 'depth-lab-loop' : 'depth-lab-wasm',
    seconds: Math.max(...outcomes.map(({ seconds }) => seconds)),
    steps: grid.steps,
    runs: runs.length,
    loss: lossOfPeers(
      outcomes.flatMap(({ losses }) => losses),
      grid,
    ),
  };
  console.log(JSON.stringify(line));
}

/** Has a thread of its own train some runs. @param share how many threads one run may have */
async function looped(job: LoopJob, share: Int32Array): Promise<Looped> {
  const worker = new Worker(path.resolve('.cache/loop/worker.mjs'), { workerData: share });
  try {
    return await new Promise((resolve, reject) => {
      worker.once('message', resolve).once('error', reject);
      worker.postMessage(job);
    });
  } finally {
    await worker.terminate();
  }
}
