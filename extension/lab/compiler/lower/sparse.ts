/** Index tables of sparse matrices, made once for each list of positions. */

export interface SampledTables {
  rows: Int32Array;
  columns: Int32Array;
}

/** Compressed rows: entries of row i from starts[i] to starts[i + 1]. */
export interface CompressedRows {
  starts: Int32Array;
  columns: Int32Array;
  /** Where each entry stands among the values. */
  order: Int32Array;
}

const sampled = new WeakMap<Int32Array, SampledTables>();
const compressed = new WeakMap<Int32Array, Partial<Record<'plain' | 'transposed', CompressedRows>>>();

/** Rows and columns of row-major positions in a matrix with `width` columns. */
export function sampledTables(indices: Int32Array, width: number): SampledTables {
  let tables = sampled.get(indices);
  if (!tables) {
    tables = { rows: indices.map((i) => Math.floor(i / width)), columns: indices.map((i) => i % width) };
    sampled.set(indices, tables);
  }
  return tables;
}

/** Compressed rows of the matrix [rows, width], or of its transpose. */
export function compressRows(indices: Int32Array, rows: number, width: number, transposed: boolean): CompressedRows {
  const known = compressed.get(indices) ?? {};
  compressed.set(indices, known);
  const form = transposed ? 'transposed' : 'plain';
  known[form] ??= build(sampledTables(indices, width), transposed ? width : rows, transposed);
  return known[form];
}

function build(tables: SampledTables, rows: number, transposed: boolean): CompressedRows {
  const [row, column] = transposed ? [tables.columns, tables.rows] : [tables.rows, tables.columns];
  const order = Int32Array.from(row, (_, e) => e).sort((a, b) => row[a] - row[b] || column[a] - column[b]);
  const starts = new Int32Array(rows + 1);
  for (const r of row) starts[r + 1]++;
  for (let i = 0; i < rows; i++) starts[i + 1] += starts[i];
  return { starts, columns: order.map((e) => column[e]), order };
}
