/** Prints a program as C, for the compiler of the machine: one translation unit that is an add-on of Node. */
import { SMALLEST_PIVOT } from '../../linearAlgebra/cholesky.ts';
import type { Refusal } from '../backend.ts';
import type { Kernel, KernelOf, Program } from '../lower/kernels.ts';
import type { CircularKernel } from '../operations/circular.ts';
import type { KroneckerKernel } from '../operations/kronecker.ts';
import type { SampledKernel, SparseKernel } from '../operations/products.ts';
import type { CopyKernel, IndexKernel } from '../operations/rearranging.ts';
import type { ReduceKernel } from '../operations/reductions.ts';
import addon from './c/addon.c';
import base from './c/base.c';
import cholesky from './c/cholesky.c';
import elementary from './c/elementary.c';
import kronecker from './c/kronecker.c';
import products from './c/products.c';
import sparse from './c/sparse.c';
import { accumulated, identityOf, printLoop } from './loop.ts';
import { printMatmul } from './matmul.ts';

/** Instructions and kernels above which compilers take longer than such a program saves. */
const LONGEST = 20_000;

/**
 * @returns the source, in which the entries are numbered in their order: `run(entry, memory, indices, times, threads)`
 */
export function printC(program: Program): string | Refusal {
  const kernels = program.entries.flatMap((entry) => entry.kernels);
  const length = kernels.reduce((total, kernel) => total + (kernel.kind === 'loop' ? kernel.body.length : 1), 0);
  if (length > LONGEST) return { refusal: `its ${length} instructions are too many for a compiler of C` };
  const functions: string[] = [];
  const entries = program.entries.map(({ kernels: own }, entry) => {
    const calls = own.map((kernel) => {
      const name = `kernel${functions.length}`;
      functions.push(printKernel(kernel, name));
      return `  ${name}(m, ix, threads);`;
    });
    return `static void entry${entry}(${PARAMETERS}) {\n${calls.join('\n')}\n}`;
  });
  const table = `static entry_t *const entries[] = {${entries.map((_, entry) => `entry${entry}`).join(', ')}};`;
  return [RUNTIME, ...functions, ...entries, addon.replace('ENTRIES', table)].join('\n');
}

const pivot = `// As in every back end.\n#define SMALLEST_PIVOT ${SMALLEST_PIVOT}`;

/** What all programs have in common: it decides how their numbers are rounded. */
export const RUNTIME = [base, elementary, products, sparse, kronecker, pivot, cholesky].join('\n');

const PARAMETERS = 'double *m, const int32_t *ix, long threads';

function printKernel(kernel: Kernel, name: string): string {
  const { before, body } =
    kernel.kind === 'loop' ? printLoop(kernel, name) : { before: '', body: printOperation(kernel) };
  return `${before}static __attribute__((noipa)) void ${name}(${PARAMETERS}) {\n${body}\n}`;
}

type Operation = Exclude<Kernel, { kind: 'loop' }>;

/** How each kernel is printed. */
const printers: { [K in Operation['kind']]: (kernel: KernelOf<K>) => string } = {
  copy: printCopy,
  reduce: printReduce,
  gather: printGather,
  scatter: printScatter,
  matmul: printMatmul,
  sampledMatmul: printSampled,
  sparseMatmul: printSparse,
  kronecker: printKronecker,
  convolve: (kernel: CircularKernel) => printCircular(kernel, 'k + 1', ['k - j', `k - j + ${kernel.length}`]),
  correlate: (kernel: CircularKernel) => printCircular(kernel, 'k', [`j - k + ${kernel.length}`, 'j - k']),
  cholesky: ({ a, out, size }) => `  cholesky(m + ${a}, m + ${out}, ${size}, threads);`,
  solveCholesky: ({ a, b, out, size }) => `  solve_cholesky(m + ${a}, m + ${b}, m + ${out}, ${size});`,
};

function printOperation(kernel: Operation): string {
  return (printers[kernel.kind] as (kernel: Operation) => string)(kernel);
}

function printCopy({ a, out, shape, strides }: CopyKernel): string {
  const from = strides.map((stride, axis) => `i${axis} * ${stride}`).join(' + ') || '0';
  const loops = shape.map((length, axis) => `for (long i${axis} = 0; i${axis} < ${length}; i${axis}++)`).join(' ');
  return `  double *to = m + ${out};\n  const double *from = m + ${a};\n  ${loops} *to++ = from[${from}];`;
}

function printReduce({ fn, a, out, outer, length, inner }: ReduceKernel): string {
  const first = identityOf(fn);
  if (inner === 1) {
    const clause = fn === 'sum' ? '#pragma omp simd reduction(+ : s)\n' : '';
    return `  for (long i = 0; i < ${outer}; i++) {
    double s = ${first};
    const double *row = m + ${a} + i * ${length};
${clause}    for (long k = 0; k < ${length}; k++) ${accumulated(fn, 's', 'row[k]')};
    m[${out} + i] = s;
  }`;
  }
  return `  for (long i = 0; i < ${outer}; i++) {
    double *restrict to = m + ${out} + i * ${inner};
    for (long j = 0; j < ${inner}; j++) to[j] = ${first};
    for (long k = 0; k < ${length}; k++) {
      const double *row = m + ${a} + (i * ${length} + k) * ${inner};
#pragma omp simd
      for (long j = 0; j < ${inner}; j++) ${accumulated(fn, 'to[j]', 'row[j]')};
    }
  }`;
}

function printGather({ a, out, indices, length }: IndexKernel): string {
  return `  gather((gathered){m + ${a}, m + ${out}, ix + ${indices}, ${length}}, threads);`;
}

function printScatter({ a, out, indices, length, size }: IndexKernel): string {
  return `  memset(m + ${out}, 0, sizeof(double) * ${size});
  for (long i = 0; i < ${length}; i++) m[${out} + ix[${indices} + i]] += m[${a} + i];`;
}

function printSampled({ a, b, out, rows, columns, length, inner }: SampledKernel): string {
  return `  sampled_multiply((sampled){m + ${a}, m + ${b}, m + ${out}, ix + ${rows}, ix + ${columns}, ${length}, ${inner}}, threads);`;
}

function printSparse({ values, b, out, starts, columns, order, rows, width }: SparseKernel): string {
  return `  compressed_multiply((compressed){m + ${values}, m + ${b}, m + ${out}, ix + ${starts}, ix + ${columns}, ix + ${order}, ${rows}, ${width}}, threads);`;
}

function printKronecker(kernel: KroneckerKernel): string {
  const { out, count, height, width, rows, columns, byRow, byColumn, dense, inRow, inColumn, identities } = kernel;
  /** One place more than there are matrices, for C has no empty arrays. */
  const matrices = (offsets: readonly number[]) =>
    `{${[...offsets.map((offset) => `m + ${offset}`), 'NULL'].join(', ')}}`;
  const tables = [rows, columns, byRow.starts, byRow.order, byColumn.starts, byColumn.order];
  return `  const double *left[] = ${matrices(dense.map((term) => term.left))};
  const double *right[] = ${matrices(dense.map((term) => term.right))};
  const double *in_row[] = ${matrices(inRow)}, *in_column[] = ${matrices(inColumn)};
  kronecker((kroneckers){m + ${out}, ${tables.map((table) => `ix + ${table}`).join(', ')}, left, right, in_row, in_column,
    ${count}, ${height}, ${width}, ${dense.length}, ${inRow.length}, ${inColumn.length}, ${identities}}, threads);`;
}

/** @param indices into b, for j below `turn` and for the others */
function printCircular({ a, b, out, length }: CircularKernel, turn: string, indices: [string, string]): string {
  return `  const double *a = m + ${a}, *b = m + ${b};
  for (long k = 0; k < ${length}; k++) {
    double s = 0;
#pragma omp simd reduction(+ : s)
    for (long j = 0; j < ${turn}; j++) s += a[j] * b[${indices[0]}];
#pragma omp simd reduction(+ : s)
    for (long j = ${turn}; j < ${length}; j++) s += a[j] * b[${indices[1]}];
    m[${out} + k] = s;
  }`;
}
