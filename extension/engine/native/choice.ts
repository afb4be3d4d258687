/** Which runs are worth a C compiler: decided by their work alone, so that equal files give equal bits. */

import type { ChooseBackends, CpuBackend } from '../../lab/compiler/backend.ts';
import { cpuBackends } from '../../lab/compiler/backends.ts';
import type { Program } from '../../lab/compiler/lower/kernels.ts';
import { CONSTANTS } from '../../lab/compiler/lower/lower.ts';
import { workOf } from '../../lab/compiler/work.ts';
import { isFlow } from '../../lab/optimizers/index.ts';
import type { RunPlan } from '../../lab/run.ts';
import { MEASURE } from '../../lab/training/trainer.ts';
import type { NativeWish } from '../workerProtocol.ts';
import { nativeBackend } from './backend.ts';
import { compilerOfThisMachine } from './compiler.ts';
import { threadsOfThisRun } from './threads.ts';

/**
 * Floating-point operations from which a program is compiled: half a second to two in WebAssembly, where a compiler takes
 * a few tenths of one.
 */
export const WORTH_COMPILING = 2e9;

/** Evaluations of a flow, about, whose steps its integrator chooses. */
const EVALUATIONS = 1000;

/**
 * The back ends for the programs of a run.
 * @param others where a program is not compiled to C
 */
export function backendsFor(
  plan: RunPlan,
  wish: NativeWish | null,
  others: readonly CpuBackend[] = cpuBackends,
): ChooseBackends {
  if (!wish) return () => others;
  const repeats = wish.runs * (isFlow(plan.optimizer) ? EVALUATIONS : plan.steps);
  return (program) => {
    const native = workOfProgram(program) * repeats < WORTH_COMPILING ? null : backendOfThisMachine();
    return native ? [native, ...others] : others;
  };
}

/** One pass of the longest entry but those that measure or run once: entries are alternatives, or small beside it. */
function workOfProgram(program: Program): number {
  const entries = program.entries.filter(({ name }) => name !== MEASURE && name !== CONSTANTS);
  return Math.max(0, ...entries.map(({ name }) => workOf(program, name, 'cpu').flops));
}

let known: CpuBackend | null = null;

/** One for each thread; null without a compiler. */
function backendOfThisMachine(): CpuBackend | null {
  const compiler = compilerOfThisMachine();
  if (compiler) known ??= nativeBackend(compiler, threadsOfThisRun);
  return known;
}
