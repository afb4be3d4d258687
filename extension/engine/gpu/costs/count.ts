/** Counts the work of a run that has been prepared for the GPU. */
import { launchesOf, totalOf, workOf, workOfEntries } from '../../../lab/compiler/gpu/work.ts';
import type { Work } from '../../../lab/compiler/operations/operation.ts';
import { samplesOf } from '../../../lab/run.ts';
import { MEASURE } from '../../../lab/training/trainer.ts';
import type { BatchedRun } from '../batch/batchedRun.ts';
import { LIMITS, maxBatch } from '../batch/trainRuns.ts';

/** What one run has to do, on either engine. */
export interface RunWork {
  /** How many like it the GPU can train side by side. */
  maxBatch: number;
  steps: number;
  /** How often it is measured, always on the CPU, and what that takes. */
  samples: number;
  measure: Work;
  /** One step on the CPU, and on the GPU with so many launches. */
  step: Work;
  gpuStep: Work;
  launches: number;
  /** What of a step on the GPU is left to the CPU. */
  finish: Work;
}

export function workOfRun(run: BatchedRun): RunWork {
  const { plan, trainer, running, entry, portable } = run;
  const { program } = portable.module;
  const finish = workOfEntries(portable.finishing);
  return {
    maxBatch: maxBatch(run, LIMITS),
    steps: plan.steps,
    // What is fed to a step goes up on its own.
    samples: portable.feed === null ? samplesOf(plan, running.model).length : plan.steps,
    measure: workOf(trainer.module.program, MEASURE, 'cpu'),
    step: totalOf([workOf(program, portable.entry, 'cpu'), finish]),
    gpuStep: workOf(program, portable.entry, 'gpu'),
    launches: launchesOf(entry.batched),
    finish,
  };
}
