/** Prints large matrix products, in blocks and by several threads. */
import type { Code } from '../../assembler/code.ts';
import type { MatmulKernel } from '../operations/products.ts';
import { encodeBlockedProduct } from './blocked.ts';
import { PANEL } from './packing.ts';
import { mirror, type Product, productOf } from './product.ts';
import { encodeInParts, type Rows, type Shares } from './shares.ts';

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
  const parts = (shares?.threads ?? 1) * (isLower ? TRIANGULAR_PARTS : PARTS);
  const height = Math.max(FEWEST_ROWS, PANEL * Math.ceil(m / (PANEL * parts)));
  const encode = (code: Code, rows: Rows, own: number) => blocked(code, product, { ...rows, isLower, scratch: own });
  encodeInParts(c, shares, { rows: m, height }, encode, scratch);
  if (isLower) mirror(c, product, c.integer(), c.integer());
}

function blocked(
  c: Code,
  p: Product,
  { isLower, scratch, first, end }: Rows & { isLower: boolean; scratch: number },
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
