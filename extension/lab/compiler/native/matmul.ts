/** Prints matrix products as calls of `products.c`, small ones as loops whose bounds the compiler knows. */
import type { MatmulKernel } from '../operations/products.ts';

/** Multiplications up to which a product is not worth packing its operands. */
const SMALL = 20_000;

export function printMatmul({ m, k, n, a, b, out, transposeA, transposeB }: MatmulKernel): string {
  const [left, right, to] = [`m + ${a}`, `m + ${b}`, `m + ${out}`];
  if (n === 1) {
    if (!transposeA || m === 1) return `  times_vector(${m}, ${k}, ${left}, ${right}, ${to}, threads);`;
    return `  transposed_times_vector(${k}, ${m}, ${left}, ${right}, ${to}, threads);`;
  }
  if (m === 1) {
    if (transposeB) return `  times_vector(${n}, ${k}, ${right}, ${left}, ${to}, threads);`;
    return `  transposed_times_vector(${k}, ${n}, ${right}, ${left}, ${to}, threads);`;
  }
  const viewOfA = transposeA ? `{${left}, 1, ${m}}` : `{${left}, ${k}, 1}`;
  if (m * k * n <= SMALL && !transposeB)
    return `  multiply_small(${m}, ${k}, ${n}, (view)${viewOfA}, ${right}, ${to});`;
  if (m * k * n <= SMALL && !transposeA) {
    return `  for (long i = 0; i < ${m}; i++)
    for (long j = 0; j < ${n}; j++) m[${out} + i * ${n} + j] = dot(${k}, ${left} + i * ${k}, ${right} + j * ${k});`;
  }
  const viewOfB = transposeB ? `{${right}, 1, ${k}}` : `{${right}, ${n}, 1}`;
  return `  multiply(${m}, ${k}, ${n}, (view)${viewOfA}, (view)${viewOfB}, ${to}, threads);`;
}
