/** How much there is to do in one pass of an entry, counted from its kernels: the ground of predictions of time. */
import type { Kernel, Program } from '../lower/kernels.ts';
import type { PrintedProgram } from './print.ts';

export interface Work {
  /** Operations on numbers. */
  flops: number;
  /** Numbers read from and written to memory. */
  words: number;
}

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

/** So much work, so many times. */
export function scaled({ flops, words }: Work, times: number): Work {
  return { flops: times * flops, words: times * words };
}

/** Launches of one step on the GPU. */
export function launchesOf({ kernels }: PrintedProgram): number {
  return kernels.length;
}

function workOfKernel({ indices }: Program, kernel: Kernel, where: Place): Work {
  switch (kernel.kind) {
    case 'loop': {
      const { length, body, stores, reductions } = kernel;
      const loads = body.filter((instruction) => instruction.op === 'load' && !instruction.fixed).length;
      const steps = body.filter(({ op }) => op === 'unary' || op === 'binary' || op === 'select').length;
      return { flops: length * (steps + reductions.length), words: length * (loads + stores.length) };
    }
    case 'matmul': {
      const { m, k, n } = kernel;
      return { flops: 2 * m * k * n, words: m * k + k * n + m * n };
    }
    case 'copy':
      return { flops: 0, words: 2 * kernel.shape.reduce((product, length) => product * length, 1) };
    case 'reduce': {
      const size = kernel.outer * kernel.length * kernel.inner;
      return { flops: size, words: size + kernel.outer * kernel.inner };
    }
    case 'gather':
    case 'scatter':
      return { flops: kernel.kind === 'scatter' ? kernel.length : 0, words: 2 * kernel.length + kernel.size };
    case 'sampledMatmul':
      return { flops: 2 * kernel.length * kernel.inner, words: 2 * kernel.length * kernel.inner };
    case 'sparseMatmul': {
      const entries = indices[kernel.starts + kernel.rows] * kernel.width;
      return { flops: 2 * entries, words: entries + kernel.rows * kernel.width };
    }
    case 'convolve':
    case 'correlate':
      return { flops: 2 * kernel.length ** 2, words: 3 * kernel.length };
    case 'cholesky':
      return where === 'gpu' ? { flops: 0, words: 0 } : { flops: kernel.size ** 3 / 3, words: 2 * kernel.size ** 2 };
    case 'solveCholesky': {
      const { size } = kernel;
      if (where === 'cpu') return { flops: 2 * size ** 2, words: size ** 2 };
      return { flops: (ELIMINATION / 4) * size ** 3, words: (size / 2) * size ** 2 };
    }
  }
}
