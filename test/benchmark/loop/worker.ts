/** A thread that times the training loops of some runs of a job, prepared and compiled as in the engine. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { backendsWithHelpers } from '../../../extension/engine/cpu/backends.ts';
import { backendsFor } from '../../../extension/engine/native/choice.ts';
import type { NativeWish } from '../../../extension/engine/workerProtocol.ts';
import { isFlow, trainerOf } from '../../../extension/lab/optimizers/index.ts';
import { prepare, type RunPlan, taskOf } from '../../../extension/lab/run.ts';
import { trainLoss } from '../../../extension/lab/training/measure.ts';
import { nextPace } from '../../../extension/lab/training/pace.ts';
import type { Trainer } from '../../../extension/lab/training/trainer.ts';

export interface LoopJob {
  runs: RunPlan[];
  /** Whether the machine's C compiler may be used. */
  native: NativeWish | null;
}

export interface Looped {
  /** Of all loops of this thread, one after the other. */
  seconds: number;
  /** The training loss of each run before its last step. */
  losses: number[];
}

/** Milliseconds of loops before those that are timed, at least. */
const WARM_UP = 500;

const cpu = backendsWithHelpers(pathToFileURL(path.resolve('dist/helper.js')));

parentPort?.once('message', ({ runs, native }: LoopJob) => {
  // What the peers have compiled before, V8 compiles when it has run often.
  const began = performance.now();
  do for (const run of runs.slice(0, 8)) loopOf(run, native);
  while (performance.now() - began < WARM_UP);
  const outcomes = runs.map((run) => loopOf(run, native));
  const seconds = outcomes.reduce((sum, outcome) => sum + outcome.seconds, 0);
  parentPort?.postMessage({ seconds, losses: outcomes.map(({ loss }) => loss) } satisfies Looped);
});

function loopOf(plan: RunPlan, native: NativeWish | null): { seconds: number; loss: number } {
  const { optimizer } = plan;
  if (isFlow(optimizer)) throw new Error('a flow has no steps');
  const backends = backendsFor(plan, native, cpu.backends);
  const { running, trainer } = prepare(plan, (model) => trainerOf(taskOf(plan, optimizer, model)), backends);
  const most = take(trainer, plan.steps - 1);
  const loss = trainLoss(running);
  return { seconds: most + take(trainer, 1), loss };
}

/** Seconds of some steps, in slices as in a run. */
function take(trainer: Trainer, steps: number): number {
  const began = performance.now();
  let pace = 1;
  for (let left = steps; left > 0; ) {
    const count = Math.min(left, pace);
    const at = performance.now();
    trainer.step(count);
    if (trainer.unsolved?.()) throw new Error('a step was not solved');
    left -= count;
    pace = nextPace(pace, performance.now() - at);
  }
  return (performance.now() - began) / 1000;
}
