/**
 * Matrix products as GPU.js kernels: one thread an entry, several terms of its sum a round. Blocks of entries for each
 * thread, which would read every operand once for many of them, GPU.js does not let through: a kernel can return up to
 * four numbers a thread, but no other kernel can read such a result.
 */
import type { MatmulKernel } from '../operations/products.ts';
import { reduction } from './loop.ts';
import type { KernelText, ProgramText } from './text.ts';

/** Terms of a sum that one round of the loop takes: `npm run benchmark:gpu` measures them against one. */
const TERMS = 8;

/** Where a product has few entries, each a long sum, the sums are shared among threads. */
const FEW_ENTRIES = 4096;
const LONG_SUM = 256;

export function printMatmul(text: ProgramText, kernel: MatmulKernel): void {
  const { m, k, n, a, b, out } = kernel;
  const reading = (t: KernelText): Reading => ({ a: (index) => t.at(a, index), b: (index) => t.at(b, index) });
  if (m * n > FEW_ENTRIES || k < LONG_SUM) {
    text.kernel(out, [n, m], k, (t) => productBody(kernel, reading(t)));
    return;
  }
  const parts = Math.ceil(Math.sqrt(k));
  const each = Math.ceil(k / parts);
  const partial = text.buffer();
  text.kernel(partial, [n, m, parts], each, (t) => {
    const p = `${t.z} * ${each} + k`;
    const result = termOf(kernel, reading(t), p);
    return reduction('sum', each, () => ({ statements: [], result }), `${p} < ${k}`);
  });
  text.kernel(out, [n, m], parts, (t) =>
    reduction('sum', parts, (part) => ({
      statements: [],
      result: t.at(partial, `(${part} * ${m} + this.thread.y) * ${n} + this.thread.x`),
    })),
  );
}

/** How the operands are read at an index. */
interface Reading {
  a(index: string): string;
  b(index: string): string;
}

type Product = Pick<MatmulKernel, 'm' | 'k' | 'n' | 'transposeA' | 'transposeB'>;

/** The body of a kernel with a thread for each entry. @param terms of a round */
export function productBody(product: Product, reading: Reading, terms = TERMS): string {
  const { k } = product;
  const round = Math.min(terms, k);
  const whole = k - (k % round);
  const sum = (from: string, count: number) =>
    Array.from({ length: count }, (_, i) => termOf(product, reading, i === 0 ? from : `${from} + ${i}`)).join(' + ');
  // Positions are sums of whole numbers throughout: a named one would be a float, and converted at every read.
  return [
    '  let total = 0;',
    `  for (let k = 0; k < ${whole}; k += ${round}) {`,
    `    total = total + (${sum('k', round)});`,
    '  }',
    k > whole ? `  return total + (${sum(String(whole), k - whole)});` : '  return total;',
  ].join('\n');
}

function termOf({ m, k, n, transposeA, transposeB }: Product, { a, b }: Reading, p: string): string {
  const left = transposeA ? `(${p}) * ${m} + this.thread.y` : `this.thread.y * ${k} + ${p}`;
  const right = transposeB ? `this.thread.x * ${k} + ${p}` : `(${p}) * ${n} + this.thread.x`;
  return `${a(left)} * ${b(right)}`;
}
