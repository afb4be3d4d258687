/** Counts the work of a run that has been prepared for the GPU. */

import type { Work } from '../../../lab/compiler/operations/operation.ts';
import { launchesOf, totalOf, workOf, workOfEntries } from '../../../lab/compiler/work.ts';
import { samplesOf } from '../../../lab/run.ts';
import { MEASURE } from '../../../lab/training/trainer.ts';
import type { BatchedRun } from '../batch/batchedRun.ts';
import { LIMITS, maxBatch } from '../batch/trainRuns.ts';

/** The work of one run on either engine. */
export interface RunWork {
  /** Batch size for such runs on the GPU. */
  maxBatch: number;
  steps: number;
  /** Number of measurements, which always run on the CPU, and the work of one measurement. */
  samples: number;
  measure: Work;
  /** One step on the CPU, and on the GPU with its number of launches. */
  step: Work;
  gpuStep: Work;
  launches: number;
  /** The part of a GPU step that runs on the CPU. */
  finish: Work;
}

export function workOfRun(run: BatchedRun): RunWork {
  const { plan, trainer, running, entry, portable } = run;
  const { program } = portable.module;
  const finish = workOfEntries(portable.finishing);
  return {
    maxBatch: maxBatch(run, LIMITS),
    steps: plan.steps,
    // Inputs of a step are uploaded separately.
    samples: portable.feed === null ? samplesOf(plan, running.model).length : plan.steps,
    measure: workOf(trainer.module.program, MEASURE, 'cpu'),
    step: totalOf([workOf(program, portable.entry, 'cpu'), finish]),
    gpuStep: workOf(program, portable.entry, 'gpu'),
    launches: launchesOf(entry.batched),
    finish,
  };
}
