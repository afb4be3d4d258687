import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { parquet } from '../../../extension/export/parquet.ts';
import type { Table } from '../../../extension/export/table.ts';
import { bits, column, hardTable } from './fixtures.ts';

async function read(table: Table) {
  const bytes = parquet(table, { 'depth-lab': '1.2.3' });
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  return { rows: await parquetReadObjects({ file }), metadata: parquetMetadata(file) };
}

describe('a table as Parquet', () => {
  it('is read with every value as it was', async () => {
    const { rows } = await read(hardTable);
    expect(bits(rows.map((row) => row.number as number))).toEqual(bits(column(hardTable, 'number') as number[]));
    const integers = (name: string) => rows.map((row) => (row[name] === null ? null : Number(row[name])));
    expect(integers('integer')).toEqual(column(hardTable, 'integer'));
    expect(integers('gaps')).toEqual(column(hardTable, 'gaps'));
    for (const name of ['text, "quoted"', 'missing text', 'boolean']) {
      expect(rows.map((row) => row[name])).toEqual(column(hardTable, name));
    }
    expect(rows.map(({ missing }) => missing)).toEqual(column(hardTable, 'missing'));
  });

  it('says the types of its columns and who wrote it, also without rows', async () => {
    const empty = { ...hardTable, rows: 0, columns: hardTable.columns.map((one) => ({ ...one, values: [] })) };
    for (const table of [hardTable, empty]) {
      const { rows, metadata } = await read(table);
      expect(rows).toHaveLength(table.rows);
      expect(metadata.schema.slice(1).map(({ type }) => type)).toEqual(
        table.columns.map(
          ({ type }) => ({ number: 'DOUBLE', integer: 'INT64', text: 'BYTE_ARRAY', boolean: 'BOOLEAN' })[type],
        ),
      );
      expect(metadata.created_by).toBe('depth-lab 1.2.3');
      expect(metadata.key_value_metadata).toEqual([{ key: 'depth-lab', value: '1.2.3' }]);
    }
  });

  it('keeps the order of more rows than a group has', async () => {
    const rows = 230_000;
    const values = Float64Array.from({ length: rows }, (_, i) => i / 7);
    const { rows: back, metadata } = await read({
      name: 'long',
      rows,
      columns: [{ name: 'x', type: 'number', values }],
    });
    expect(metadata.row_groups).toHaveLength(3);
    expect(back.every(({ x }, i) => x === values[i])).toBe(true);
  });
});
