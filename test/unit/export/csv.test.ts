import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { csv } from '../../../extension/export/csv.ts';
import { bits, bytesOf, column, hardTable } from './fixtures.ts';

const textOf = (pieces: Iterable<Uint8Array>) => new TextDecoder().decode(bytesOf(pieces));
/** As JavaScript reads numbers, which knows infinity under its full name only. */
const read = (text: string) => Number(text.replace('inf', 'Infinity'));

describe('a table as CSV', () => {
  const text = textOf(csv(hardTable));
  const { data, errors } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  const values = (name: string) => data.map((row) => row[name]);

  it('is read by a parser that is not ours, with every number to the bit', () => {
    expect(errors).toEqual([]);
    expect(data).toHaveLength(hardTable.rows);
    expect(bits(values('number').map(read))).toEqual(bits(column(hardTable, 'number') as number[]));
    expect(values('integer')).toEqual(column(hardTable, 'integer').map(String));
    expect(values('text, "quoted"')).toEqual(column(hardTable, 'text, "quoted"'));
    expect(values('boolean')).toEqual(column(hardTable, 'boolean').map(String));
  });

  it('leaves what is missing empty, and quotes an empty text', () => {
    expect(values('missing').map((cell) => cell === '')).toEqual(
      column(hardTable, 'missing').map((cell) => cell === null),
    );
    expect(values('gaps').map((cell) => cell === '')).toEqual(column(hardTable, 'gaps').map((cell) => cell === null));
    expect(text.split('\n')[7]).toContain(',"",');
  });

  it('writes no number as an integer, so that readers agree on the type of a column', () => {
    const finite = values('number').filter((cell) => /\d/.test(cell));
    expect(finite.length).toBeGreaterThan(8);
    expect(finite.every((cell) => /[.e]/.test(cell))).toBe(true);
  });

  it('is written in pieces, whose borders leave no trace', () => {
    const rows = 25_001;
    const table = {
      name: 'long',
      rows,
      columns: [{ name: 'i', type: 'integer' as const, values: Int32Array.from({ length: rows }, (_, i) => i) }],
    };
    const lines = textOf(csv(table)).split('\n');
    expect(lines).toHaveLength(rows + 2);
    expect(lines.slice(1, -1).every((line, i) => line === String(i))).toBe(true);
    expect(textOf(csv({ ...table, rows: 0 }))).toBe('i\n');
  });
});
