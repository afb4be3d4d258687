/** Runs trained in this process: side by side on a device, or each alone on the CPU. */

import { type BatchLimits, trainRuns } from '../../../../extension/engine/gpu/batch/trainRuns.ts';
import type { DevicePrograms } from '../../../../extension/lab/compiler/gpu/module.ts';
import { readTextOnly } from '../../../../extension/lab/compiler/source/functionSource.ts';
import type { AnyOptimizer } from '../../../../extension/lab/optimizers/index.ts';
import { buildPredictor } from '../../../../extension/lab/parameterizations/build.ts';
import type { Parameterization } from '../../../../extension/lab/parameterizations/parameterization.ts';
import type { AnyProblem } from '../../../../extension/lab/problems/index.ts';
import type { RunResult } from '../../../../extension/lab/results.ts';
import { type RunPlan, type Sample, train } from '../../../../extension/lab/run.ts';

interface Setting {
  problem: AnyProblem;
  parameterization: Parameterization;
  optimizer: AnyOptimizer;
  steps: number;
  seeds?: number[];
}

/** The plans of one cell of a grid. */
export function plansOf({ problem, parameterization, optimizer, steps, seeds = [1, 2, 3] }: Setting): RunPlan[] {
  const program = buildPredictor(parameterization, problem, readTextOnly);
  return seeds.map((seed, id) => {
    const identity = { id, point: null, parameterization: 'p', optimizer: 'o', seed };
    return { identity, problem, program, optimizer, steps };
  });
}

/** What came of one run. */
export interface Outcome {
  samples: Sample[];
  result: RunResult | null;
  refusal: string | null;
}

/** @param onReport called after each report, with how many there were */
export async function together(
  plans: readonly RunPlan[],
  programs: DevicePrograms,
  limits?: BatchLimits,
): Promise<Outcome[]> {
  const outcomes = plans.map((): Outcome => ({ samples: [], result: null, refusal: null }));
  for await (const report of trainRuns(plans, programs, limits)) {
    if (report === null) continue;
    const outcome = outcomes[report.run];
    if ('sample' in report) outcome.samples.push(report.sample);
    else if ('result' in report) outcome.result = report.result;
    else if ('refusal' in report) outcome.refusal = report.refusal;
    else throw report.failure;
  }
  return outcomes;
}

/** The result of a run, or an error where there is none. */
export function resultOf({ result, refusal }: Outcome): RunResult {
  if (result === null) throw new Error(refusal ?? 'no result');
  return result;
}

/** The same run on the CPU. */
export function alone(plan: RunPlan): Outcome & { result: RunResult } {
  const run = train(plan);
  const samples: Sample[] = [];
  for (let next = run.next(); ; next = run.next()) {
    if (next.done) return { samples, result: next.value, refusal: null };
    if (next.value) samples.push(next.value);
  }
}
