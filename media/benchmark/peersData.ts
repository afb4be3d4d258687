/** The data of the peers' scripts, number by number: a linear congruential generator that any language reproduces. */

/** Uniforms in [0, 1): x ← 1664525 x + 1013904223 mod 2³². */
export function uniforms(seed: number, count: number): number[] {
  let x = seed >>> 0;
  return Array.from({ length: count }, () => {
    x = (Math.imul(1664525, x) + 1013904223) >>> 0;
    return x / 2 ** 32;
  });
}

/** Rows of Gaussians: Box and Muller on consecutive pairs, the cosine alone. */
export function gaussians(seed: number, rows: number, columns: number, scale = 1): number[][] {
  const u = uniforms(seed, 2 * rows * columns);
  const value = (i: number) => scale * Math.sqrt(-2 * Math.log(1 - u[2 * i])) * Math.cos(2 * Math.PI * u[2 * i + 1]);
  return Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (__, j) => value(i * columns + j)));
}

/** Gaussian inputs with labels sign(x₁ - x₂ + x₃). */
export function separableData(
  seed: number,
  count: number,
  dimension: number,
): { inputs: number[][]; labels: number[] } {
  const inputs = gaussians(seed, count, dimension);
  return { inputs, labels: inputs.map(([a, b, c]) => Math.sign(a - b + c)) };
}

/** An m × m matrix of the given rank and RMS 1, and the entries that are seen. */
export function completionData(
  seed: number,
  m: number,
  rank: number,
  observed: number,
): { matrix: number[][]; observed: [number, number][] } {
  const left = gaussians(seed, m, rank);
  const right = gaussians(seed + 1, rank, m);
  const product = left.map((row) =>
    Array.from({ length: m }, (_, j) => row.reduce((sum, x, k) => sum + x * right[k][j], 0)),
  );
  const size = m / Math.sqrt(product.flat().reduce((sum, x) => sum + x * x, 0));
  const keys = uniforms(seed + 2, m * m);
  const order = keys.map((_, i) => i).sort((i, j) => keys[i] - keys[j] || i - j);
  const seen = order.slice(0, observed).sort((i, j) => i - j);
  return {
    matrix: product.map((row) => row.map((x) => x * size)),
    observed: seen.map((i) => [Math.floor(i / m), i % m]),
  };
}
