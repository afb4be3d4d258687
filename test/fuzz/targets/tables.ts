/** Text tables. */
import fc from 'fast-check';
import { type CsvLayout, readCsv } from '../../../extension/lab/problems/dataset/csv.ts';
import { damagedBytes } from './mutations.ts';
import { unlessRefused } from './refused.ts';
import { target } from './target.ts';

const number = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -1e3, max: 1e3, noNaN: true }),
);
const formats = [
  String,
  (x: number) => x.toExponential(),
  (x: number) => `+${x}`.replace('+-', '-'),
  (x: number) => ` ${x}\t`,
];
const word = fc.constantFrom('weight', 'x 1', 'a;b', 'a,b', 'say ""hi""', 'Größe', '__proto__', 'constructor');
const encoder = new TextEncoder();

interface Written {
  bytes: Uint8Array;
  header: boolean;
  delimiter: string | null;
  values: number[][];
  labels: number[];
}

/** Tables with two to five columns of numbers, the last of which is the label. */
const tables: fc.Arbitrary<Written> = fc
  .record({
    columns: fc.integer({ min: 2, max: 5 }),
    rows: fc.integer({ min: 1, max: 8 }),
    header: fc.boolean(),
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    names: fc.boolean(),
    isGiven: fc.boolean(),
    ending: fc.constantFrom('\n', '\r\n'),
    mark: fc.constantFrom('', '\ufeff'),
    last: fc.boolean(),
    format: fc.nat(formats.length - 1),
    isQuoted: fc.boolean(),
    comment: fc.constantFrom('', '# a, comment; "quoted'),
  })
  .chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      names: fc.uniqueArray(word, { minLength: shape.columns, maxLength: shape.columns }),
      cells: fc.array(fc.array(number, { minLength: shape.columns, maxLength: shape.columns }), {
        minLength: shape.rows,
        maxLength: shape.rows,
      }),
    }),
  )
  .map(({ shape, names, cells }) => {
    const { header, delimiter, isGiven, ending, mark, last, format, isQuoted, comment } = shape;
    const written = (x: number) => {
      // Tabs around a number would be delimiters.
      const text = delimiter === '\t' ? formats[format]!(x).trim() : formats[format]!(x);
      return isQuoted ? `"${text}"` : text;
    };
    const lines = [
      ...(comment ? [comment] : []),
      ...(header ? [names.map((name) => `"${name}"`).join(delimiter)] : []),
      ...cells.map((row) => row.map(written).join(delimiter)),
    ];
    return {
      bytes: encoder.encode(mark + lines.join(ending) + (last ? ending : '')),
      header,
      delimiter: isGiven ? delimiter : null,
      values: cells.map((row) => row.slice(0, -1)),
      labels: cells.map((row) => row.at(-1)!),
    };
  });

const layoutOf = ({ header, delimiter, values }: Written): CsvLayout => ({
  header,
  delimiter,
  label: values[0]!.length,
  columns: null,
  decimal: null,
  encoding: null,
  comment: '#',
});

export const wholeTables = target(
  'text tables, whole',
  'tables with any delimiter, header, quotes and number format: read with exactly the numbers that were written',
  15,
  tables,
  (table) => {
    const read = unlessRefused(() => readCsv(table.bytes, 'f.csv', layoutOf(table)));
    if (read === null) return 'refused';
    const expected = table.values.flat();
    const isSame =
      read.values.length === expected.length && expected.every((x, i) => Object.is(x + 0, read.values[i]! + 0));
    if (!isSame) throw new Error(`read ${[...read.values]}, not ${expected}`);
    if (!table.labels.every((label, i) => Number(read.labels[i]) === label)) throw new Error(`labels ${read.labels}`);
    return 'right';
  },
);

export const damagedTables = target(
  'text tables, damaged',
  'tables with faults and bytes that are no table: refused, or a rectangle of finite numbers',
  17,
  fc.tuple(
    fc.oneof(
      { weight: 9, arbitrary: damagedBytes(tables.map(({ bytes }) => bytes)) },
      fc.uint8Array({ maxLength: 200 }),
    ),
    tables,
  ),
  ([bytes, table]) => {
    const read = unlessRefused(() => readCsv(bytes, 'f.csv', layoutOf(table)));
    if (read === null) return 'refused';
    const { rows, columns, values, labels } = read;
    if (values.length !== rows * columns || labels.length !== rows) throw new Error('not a rectangle');
    if (!values.every(Number.isFinite)) throw new Error(`not finite: ${[...values]}`);
    return 'right';
  },
);
