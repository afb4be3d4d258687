/** Tables with typed columns, as every format writes them. */

/** A value that does not exist is null; a number that is not finite is not. */
export type Cell = number | string | boolean | null;

/** `integer`: within ±(2⁵³ − 1). */
export type ColumnType = 'integer' | 'number' | 'text' | 'boolean';

export interface Column {
  name: string;
  type: ColumnType;
  /** One value a row. */
  values: ArrayLike<Cell>;
}

export interface Table {
  name: string;
  rows: number;
  /** At least one; all have as many values as there are rows. */
  columns: Column[];
}

/** A table of rows, with one function for each column. */
export function tableOf<Row>(
  name: string,
  rows: readonly Row[],
  columns: readonly { name: string; type: ColumnType; of(row: Row): Cell | undefined }[],
): Table {
  return {
    name,
    rows: rows.length,
    columns: columns.map(({ of, ...column }) => ({ ...column, values: rows.map((row) => of(row) ?? null) })),
  };
}
