/** Tables as Parquet files. */
import { ByteWriter, type ColumnSource, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import type { Column, ColumnType, Table } from './table.ts';

/** Rows of a row group. */
const GROUP = 100_000;

const elements: Record<ColumnType, Omit<SchemaElement, 'name'>> = {
  integer: { type: 'INT64' },
  number: { type: 'DOUBLE' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  boolean: { type: 'BOOLEAN' },
};

/**
 * The file. Integers are INT64, numbers DOUBLE (to the bit), texts UTF-8; missing values are null.
 * @param about what is written into the file's own metadata
 */
export function parquet({ rows, columns }: Table, about: Record<string, string>): Uint8Array {
  const writer = new ByteWriter();
  const file = new ParquetWriter({
    writer,
    schema: [
      { name: 'root', num_children: columns.length },
      ...columns.map(({ name, type }) => ({ name, ...elements[type], repetition_type: 'OPTIONAL' as const })),
    ],
    kvMetadata: Object.entries(about).map(([key, value]) => ({ key, value })),
    createdBy: `depth-lab ${about['depth-lab'] ?? ''}`.trim(),
  });
  // Nothing is waited for: the writer is in memory.
  for (let from = 0; from < rows; from += GROUP) {
    const to = Math.min(rows, from + GROUP);
    void file.write({ columnData: columns.map((column) => part(column, from, to)), rowGroupSize: GROUP });
  }
  void file.finish();
  return writer.getBytes();
}

/** Statistics of numbers are left out: readers do not agree on NaN and signed zeros in them. */
function part({ name, type, values }: Column, from: number, to: number): ColumnSource {
  const data = Array.from({ length: to - from }, (_, i) => {
    const value = values[from + i]!;
    return type === 'integer' && value !== null ? BigInt(value) : value;
  });
  return { name, data, statistics: type !== 'number' };
}
