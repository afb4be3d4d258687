/** How much there is to do in one pass of an entry, counted from its kernels: the ground of predictions of time. */

import type { PrintedProgram } from './gpu/print.ts';
import type { Kernel, Program } from './lower/kernels.ts';
import { kernelFacts } from './operations/index.ts';
import type { Work } from './operations/operation.ts';

/** Where work is done. */
export type Place = 'cpu' | 'gpu';

/** Operations for each entry and each block in the elimination of `linearSystem.ts`, on average of all threads. */
const ELIMINATION = 16;

/**
 * One pass on the CPU, or on the GPU, which solves linear systems by another method.
 * @param entry its name
 */
export function workOf(program: Program, entry: string, where: Place): Work {
  const kernels = program.entries.find(({ name }) => name === entry)?.kernels ?? [];
  return totalOf(kernels.map((kernel) => workOfKernel(program, kernel, where)));
}

/** What the CPU does when it runs entries, each so often. */
export function workOfEntries(
  entries: readonly { module: { program: Program }; entry: string; times: number }[],
): Work {
  return totalOf(entries.map(({ module, entry, times }) => scaled(workOf(module.program, entry, 'cpu'), times)));
}

export function totalOf(parts: readonly Work[]): Work {
  const sum = (of: keyof Work) => parts.reduce((total, part) => total + part[of], 0);
  return { flops: sum('flops'), words: sum('words') };
}

/** Work repeated `times` times. */
export function scaled({ flops, words }: Work, times: number): Work {
  return { flops: times * flops, words: times * words };
}

/** Launches of one step on the GPU. */
export function launchesOf({ kernels }: PrintedProgram): number {
  return kernels.length;
}

function workOfKernel({ indices }: Program, kernel: Kernel, where: Place): Work {
  if (kernel.kind === 'loop') {
    const { length, body, stores, reductions } = kernel;
    const loads = body.filter((instruction) => instruction.op === 'load' && !instruction.fixed).length;
    const steps = body.filter(({ op }) => op === 'unary' || op === 'binary' || op === 'select').length;
    return { flops: length * (steps + reductions.length), words: length * (loads + stores.length) };
  }
  if (where === 'gpu') {
    if (kernel.kind === 'cholesky') return { flops: 0, words: 0 };
    if (kernel.kind === 'solveCholesky') {
      const { size } = kernel;
      return { flops: (ELIMINATION / 4) * size ** 3, words: (size / 2) * size ** 2 };
    }
  }
  return kernelFacts(kernel).work(kernel, indices);
}
