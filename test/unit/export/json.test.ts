import { describe, expect, it } from 'vitest';
import { json } from '../../../extension/export/json.ts';
import { bits, bytesOf, column, hardTable } from './fixtures.ts';

const read = (pieces: Iterable<Uint8Array>) =>
  JSON.parse(new TextDecoder().decode(bytesOf(pieces))) as Record<string, unknown>[];

describe('a table as JSON', () => {
  it('is an array of objects with every value as it was', () => {
    const rows = read(json(hardTable));
    expect(rows).toHaveLength(hardTable.rows);
    expect(bits(rows.map((row) => Number(row.number)))).toEqual(bits(column(hardTable, 'number') as number[]));
    for (const name of ['gaps', 'integer', 'text, "quoted"', 'missing text', 'boolean']) {
      expect(rows.map((row) => row[name])).toEqual(column(hardTable, name));
    }
    expect(rows.map(({ missing }) => missing === null)).toEqual(
      column(hardTable, 'missing').map((cell) => cell === null),
    );
  });

  it('is JSON whatever its length', () => {
    for (const rows of [0, 1, 9_999, 10_000, 10_001, 20_000]) {
      const values = Int32Array.from({ length: rows }, (_, i) => i);
      const table = { name: 'long', rows, columns: [{ name: 'i', type: 'integer' as const, values }] };
      expect(read(json(table)).map(({ i }) => i)).toEqual([...values]);
    }
  });
});
