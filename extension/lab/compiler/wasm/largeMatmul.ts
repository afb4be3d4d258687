/** Prints large matrix products, in blocks and by several threads. */
import type { Code } from '../../assembler/code.ts';
import type { MatmulKernel } from '../operations/products.ts';
import { encodeBlockedProduct } from './blocked.ts';
import { PANEL } from './packing.ts';
import { mirror, type Product, productOf } from './product.ts';
import type { Shares } from './shares.ts';

/**
 * Products of at least so many multiplications are blocked for the caches, unless they are thin (measured: a transposed
 * first operand, which is read across its rows, pays sooner).
 */
const LARGE = 320 ** 3;
const LARGE_TRANSPOSED = 200 ** 3;
const THIN = 16;

/** Whether a product needs the scratch of blocked products. */
export function isBlocked({ m, k, n, transposeA }: MatmulKernel): boolean {
  return Math.min(m, k, n) >= THIN && m * k * n >= (transposeA ? LARGE_TRANSPOSED : LARGE);
}

/**
 * Parts of a product for each thread, and rows of a part at least. Each part packs the second operand anew, so that there
 * should be few; those of a triangle are of different length.
 */
const PARTS = 2;
const TRIANGULAR_PARTS = 4;
const FEWEST_ROWS = 32;

/**
 * @param scratch byte offset of the scratch of blocked products
 * @param shares where work for several threads is put; null for one thread
 */
export function encodeLargeMatmul(c: Code, kernel: MatmulKernel, scratch: number, shares: Shares | null): void {
  const { m, n, a, b, transposeA, transposeB } = kernel;
  const product = productOf(kernel);
  const isLower = a === b && transposeA !== transposeB && m === n;
  const [first, end] = [c.integer(), c.integer()];
  c.int(0).set(first).int(m).set(end);
  if (shares) {
    const parts = shares.threads * (isLower ? TRIANGULAR_PARTS : PARTS);
    const height = Math.max(FEWEST_ROWS, PANEL * Math.ceil(m / (PANEL * parts)));
    const part = (code: Code, own: number) => blocked(code, product, { isLower, scratch: own, first: 1, end: 2 });
    shares.add(height, part, { argument: first, count: end })(c);
  } else blocked(c, product, { isLower, scratch, first, end });
  if (isLower) mirror(c, product, c.integer(), c.integer());
}

/** @param rows locals: the first row that is computed, and the end */
function blocked(
  c: Code,
  p: Product,
  { isLower, scratch, first, end }: { isLower: boolean; scratch: number; first: number; end: number },
): void {
  const [n, k, zero] = Array.from({ length: 3 }, () => c.integer());
  c.int(p.n).set(n).int(p.k).set(k).int(0).set(zero);
  encodeBlockedProduct(c, {
    a: { at: p.a, ...p.aStrides },
    b: { at: p.b, ...p.bStrides },
    fromA: zero,
    fromB: zero,
    first,
    m: end,
    n,
    k,
    edgeM: p.m % PANEL,
    edgeN: p.n % PANEL,
    out: { at: p.out, from: zero, row: 8 * p.n },
    mode: 'write',
    isLower,
    scratch,
  });
}
