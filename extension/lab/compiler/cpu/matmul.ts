/** Prints matrix products as JavaScript: four accumulators or four rows at a time, so that the processor can overlap them. */
import type { MatmulKernel } from '../operations/products.ts';

export function printMatmul(kernel: MatmulKernel): string {
  const { m, k, n, a, b, out, transposeA, transposeB } = kernel;
  // Where both operands run along k in steps of 1, a dot product; otherwise rows of b are added up.
  const aAlong = !transposeA || m === 1;
  const bAlong = transposeB || n === 1;
  if (aAlong && bAlong) return dots({ m, k, n, a, b, out });
  const aAt = (i: string, p: string) => (transposeA ? `m[${a} + ${p} * ${m} + ${i}]` : `m[${a} + ${i} * ${k} + ${p}]`);
  if (n === 1) return columnsOfA({ m, k, a, b, out });
  if (!bAlong) return rowsOfB({ m, k, n, b, out, aAt });
  // aᵀ bᵀ: each entry is a strided dot product.
  return `for (let i = 0; i < ${m}; i++) for (let j = 0; j < ${n}; j++) {
  let s = 0;
  for (let p = 0; p < ${k}; p++) s += ${aAt('i', 'p')} * m[${b} + j * ${k} + p];
  m[${out} + i * ${n} + j] = s;
}`;
}

/**
 * Entries as dot products, two rows of a with two rows of b at a time, so that each number read is used twice.
 * For a product with its own transpose only the lower triangle is computed, and mirrored.
 */
function dots({ m, k, n, a, b, out }: Operands): string {
  if (n === 1) return rowDots({ m, k, n, a, b, out });
  const symmetric = a === b && m === n;
  const block = `${dotBlock(2, 2, { k, n, a, b, out })}`;
  const pairsOfColumns = symmetric ? 'i' : String(n - 1);
  const lastColumn =
    n % 2 === 1
      ? `\n  if (${symmetric ? `i + 2 > ${n - 1}` : 'true'}) { const j = ${n - 1};\n${dotBlock(2, 1, { k, n, a, b, out })} }`
      : '';
  const lastRow =
    m % 2 === 1
      ? `\n{ const i = ${m - 1};\nfor (let j = 0; j < ${n}; j++) {\n${dotBlock(1, 1, { k, n, a, b, out })}\n} }`
      : '';
  const mirror = symmetric
    ? `\nfor (let i = 0; i < ${n}; i++) for (let j = i + 1; j < ${n}; j++) m[${out} + i * ${n} + j] = m[${out} + j * ${n} + i];`
    : '';
  return `for (let i = 0; i + 1 < ${m}; i += 2) {
  for (let j = 0; j ${symmetric ? '<=' : '<'} ${pairsOfColumns}; j += 2) {
${block}
  }${symmetric ? '' : lastColumn}
}${lastRow}${mirror}`;
}

interface Operands {
  m: number;
  k: number;
  n: number;
  a: number;
  b: number;
  out: number;
}

/** A block of `rows` × `columns` dot products at (i, j). */
function dotBlock(rows: number, columns: number, { k, n, a, b, out }: Omit<Operands, 'm'>): string {
  const cells = Array.from({ length: rows * columns }, (_, c) => ({ r: Math.floor(c / columns), c: c % columns }));
  const range = (count: number, text: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => text(index));
  return `    {
      const x = ${a} + i * ${k}, y = ${b} + j * ${k};
      let ${cells.map(({ r, c }) => `s${r}${c} = 0`).join(', ')};
      for (let p = 0; p < ${k}; p++) {
        const ${[...range(rows, (r) => `a${r} = m[x + ${r * k} + p]`), ...range(columns, (c) => `b${c} = m[y + ${c * k} + p]`)].join(', ')};
        ${cells.map(({ r, c }) => `s${r}${c} += a${r} * b${c};`).join(' ')}
      }
      const o = ${out} + i * ${n} + j;
      ${cells.map(({ r, c }) => `m[o + ${r * n + c}] = s${r}${c};`).join(' ')}
    }`;
}

/** A matrix times a vector: one dot product a row, in four sums. */
function rowDots({ m, k, a, b, out }: Operands): string {
  const whole = k - (k % 4);
  const rest = Array.from({ length: k % 4 }, (_, p) => ` + m[x + ${whole + p}] * m[${b + whole + p}]`).join('');
  return `for (let i = 0; i < ${m}; i++) {
  const x = ${a} + i * ${k};
  let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
  for (let p = 0; p < ${whole}; p += 4) {
    s0 += m[x + p] * m[${b} + p];
    s1 += m[x + p + 1] * m[${b + 1} + p];
    s2 += m[x + p + 2] * m[${b + 2} + p];
    s3 += m[x + p + 3] * m[${b + 3} + p];
  }
  m[${out} + i] = s0 + s1 + (s2 + s3)${rest};
}`;
}

/** out = aᵀ b for a vector b: columns are added up, four rows of a at a time. */
function columnsOfA({ m, k, a, b, out }: { m: number; k: number; a: number; b: number; out: number }): string {
  const whole = k - (k % 4);
  const rest = Array.from(
    { length: k % 4 },
    (_, p) =>
      `{ const c = m[${b + whole + p}]; for (let i = 0; i < ${m}; i++) m[${out} + i] += c * m[${a + (whole + p) * m} + i]; }`,
  ).join('\n');
  return `m.fill(0, ${out}, ${out + m});
for (let p = 0; p < ${whole}; p += 4) {
  const c0 = m[${b} + p], c1 = m[${b + 1} + p], c2 = m[${b + 2} + p], c3 = m[${b + 3} + p];
  const r = ${a} + p * ${m};
  for (let i = 0; i < ${m}; i++) {
    m[${out} + i] += c0 * m[r + i] + c1 * m[r + ${m} + i] + (c2 * m[r + ${2 * m} + i] + c3 * m[r + ${3 * m} + i]);
  }
}
${rest}`;
}

interface RowsOfB {
  m: number;
  k: number;
  n: number;
  b: number;
  out: number;
  aAt: (i: string, p: string) => string;
}

function rowsOfB({ m, k, n, b, out, aAt }: RowsOfB): string {
  const whole = k - (k % 4);
  const rest = Array.from({ length: k % 4 }, (_, p) => {
    return `  { const c = ${aAt('i', String(whole + p))}; for (let j = 0; j < ${n}; j++) m[o + j] += c * m[${b + (whole + p) * n} + j]; }`;
  }).join('\n');
  return `m.fill(0, ${out}, ${out + m * n});
for (let i = 0; i < ${m}; i++) {
  const o = ${out} + i * ${n};
  for (let p = 0; p < ${whole}; p += 4) {
    const c0 = ${aAt('i', 'p')}, c1 = ${aAt('i', '(p + 1)')}, c2 = ${aAt('i', '(p + 2)')}, c3 = ${aAt('i', '(p + 3)')};
    const r = ${b} + p * ${n};
    for (let j = 0; j < ${n}; j++) {
      m[o + j] += c0 * m[r + j] + c1 * m[r + ${n} + j] + (c2 * m[r + ${2 * n} + j] + c3 * m[r + ${3 * n} + j]);
    }
  }
${rest}
}`;
}
