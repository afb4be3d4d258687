import { describe, expect, it } from 'vitest';
import { type CsvLayout, readCsv } from '../../../../../extension/lab/problems/dataset/csv.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const layout: CsvLayout = {
  header: null,
  delimiter: null,
  label: 'y',
  columns: null,
  decimal: null,
  encoding: null,
  comment: '#',
};
const read = (text: string | Uint8Array, over: Partial<CsvLayout> = {}, like: string[] | null = null) =>
  readCsv(typeof text === 'string' ? bytes(text) : text, 'f.csv', { ...layout, ...over }, like);
const valuesOf = (text: string, over: Partial<CsvLayout> = {}) => [...read(text, over).values];
const bare = { header: false, label: 2 };

describe('a table of comma-separated values', () => {
  it('is read with its quoting, its byte order mark, its empty lines and any usual delimiter', () => {
    const text = '\ufeff"a, first";y;b\r\n1;cat;-2.5e1\r\n\r\n"3";"do;g";.5\r\n';
    const table = read(text);
    expect(table).toMatchObject({ rows: 2, columns: 2, labels: ['cat', 'do;g'], rowNumbers: [2, 4] });
    expect([...table.values]).toEqual([1, -25, 3, 0.5]);
  });

  it('is read without a header, and by chosen columns in their order', () => {
    expect(valuesOf('9,1,2,3\n8,4,5,6\n', { header: false, label: 0, columns: [3, 1] })).toEqual([3, 1, 6, 4]);
  });

  it('may have old line ends, mixed ones, and delimiters at the end of each row', () => {
    expect(valuesOf('a,y\r1,2\r3,4\r')).toEqual([1, 3]);
    expect(valuesOf('a,y\r\n1,2\n3,4\r\n')).toEqual([1, 3]);
    expect(valuesOf('a,y,\n1,2,\n3,4,\n,,\n')).toEqual([1, 3]);
  });

  it.each<[string, string, Partial<CsvLayout>]>([
    ["f.csv, row 3, column 'a': 'x' is not a finite number", 'a,y\n1,2\nx,3\n', {}],
    ["f.csv, row 2, column 'a': the cell is empty", 'a,y\n,2\n', {}],
    ["f.csv, row 2, column 'a': '0x10' is not a finite number", 'a,y\n0x10,2\n', {}],
    ['f.csv, row 2, label: the cell is empty', 'a,y\n1,\n', {}],
    ["f.csv, row 2, label: 'NA' is not a label", 'a,y\n1,NA\n', {}],
    ['f.csv, row 3 has 1 cell; the header has 2', 'a,y\n1,2\n3\n', {}],
    ["f.csv has no column 'z'", 'a,y\n1,2\n', { label: 'z' }],
    ['f.csv has no examples', 'a,y\n', {}],
    ['f.csv has no examples', '', {}],
    ['f.csv has no column besides the label', 'y\n1\n', { header: true }],
    ['f.csv has no header', '1,2\n', { header: false }],
    ['quote', 'a,y\n"1,2\n3,4\n', {}],
  ])('%s', (message, text, over) => {
    expect(() => read(text, over)).toThrow(message);
  });
});

describe('the first row', () => {
  it.each([
    ['all numbers', '1.5,2.5,1\n2.5,0.5,-1\n'],
    ['numbers and a class, as in many archives', '5.1,3.5,setosa\n4.9,3.0,virginica\n'],
    ['numbers with decimal commas', '1,5;2,5;1\n2,5;0,5;2\n'],
  ])('of %s is refused unless it is said what it is', (_, text) => {
    const decimal = text.includes(';') ? ',' : '.';
    expect(() => read(text, { label: 2, decimal })).toThrow(/row 1 should be the header, but contains the number/);
    expect(read(text, { label: 2, header: false, decimal }).rows).toBe(2);
    expect(read(text, { label: 2, header: true, decimal }).rows).toBe(1);
  });

  it('that is missing values alone contains no column name', () => {
    expect(() => read('?,?,NA\n1,2,3\n', { label: 2 })).toThrow('contains no column name');
  });
});

describe('names of columns', () => {
  it.each([
    ['the label twice', 'y,x,y\n1,2,1\n', 'y'],
    ['the label twice, by position', 'y,x,y\n1,2,1\n', 2],
    ['the label with a space', 'y,x,"y "\n1,2,1\n', 'y'],
    ['the label in another case', 'x,Y,y\n1,2,1\n', 'y'],
    ['the label with other spaces', 'x,the  label,the label\n1,2,1\n', 'the label'],
    ['the label with underscores', 'x,The_Label,the label\n1,2,1\n', 'the label'],
  ])('with %s never make the label an input', (_, text, label) => {
    expect(() => read(text, { label })).toThrow(/the label would be an input|several columns named/);
    expect(read(text, { label: 2, columns: [1] }).columns).toBe(1);
  });

  it('that two inputs share, or that are missing, are refused; chosen columns are not', () => {
    expect(() => read('a,a,y\n1,2,1\n')).toThrow("f.csv has several columns named 'a': 0, 1");
    expect(() => read(',a,y\n0,2,1\n')).toThrow('column 0, counted from 0, has no name and may be a row number');
    expect(() => read('a,a,y\n1,2,1\n', { columns: ['a'] })).toThrow('several columns');
    expect(valuesOf('a,a,y\n1,2,1\n', { columns: [1] })).toEqual([2]);
  });

  it('are found without the spaces around them, and only as they are written', () => {
    expect(valuesOf('a , y\n1,2\n', { label: ' y' })).toEqual([1]);
    expect(() => read('a,y\n1,2\n', { label: 'Y' })).toThrow(expect.objectContaining({ hint: "Did you mean 'y'?" }));
  });

  it('order the columns of the table that goes with another', () => {
    expect([...read('b,y,a\n2,0,1\n', {}, ['a', 'b']).values]).toEqual([1, 2]);
    expect(() => read('b,y,c\n2,0,1\n', {}, ['a', 'b'])).toThrow("no column 'a'");
  });
});

describe('delimiters', () => {
  it.each<[string, string, Partial<CsvLayout>]>([
    ['runs of spaces, asked for', '1.0  2.0 3.0\n 4.0 5.0  6.0 \n', { ...bare, delimiter: ' ' }],
    ['runs of spaces, found out', '  1.0  2.0 3.0\n  4.0 5.0  6.0\n', bare],
    ['tabs', '1\t2\t3\n4\t5\t6\n', bare],
    ['runs of tabs and spaces', '1\t\t2 3\n4\t 5\t6\n', { ...bare, delimiter: ' ' }],
    ['semicolons', '1;2;3\n4;5;6\n', bare],
    ['bars', '1|2|3\n4|5|6\n', bare],
    ['commas and spaces', '1, 2, 3\n4, 5, 6\n', bare],
    ['spaces in exponents', '1.0e+00 2.0E0 3\n4 5 6\n', bare],
  ])('%s are read', (_, text, over) => {
    expect(valuesOf(text, over)).toEqual([1, 2, 4, 5]);
  });

  it('are found out among names with spaces, and between quotes', () => {
    expect(valuesOf('sepal length,sepal width,y\n1,2,Iris setosa\n')).toEqual([1, 2]);
    expect(valuesOf('"a b" c y\n1 2 "x y"\n', { delimiter: ' ' })).toEqual([1, 2]);
  });

  it('do not swallow an empty cell between tabs', () => {
    expect(() => read('1\t\t3\n4\t\t6\n', { ...bare, label: 0 })).toThrow('the cell is empty');
  });

  it('that were found out are named where a row or a number does not fit', () => {
    expect(() => read('x;y\n1,5;1\n')).toThrow("'1,5' is not a finite number, with ';' between cells (detected");
    expect(() => read('a;b;y\n1;2\n')).toThrow("the header has 3, with ';' between cells (detected");
    expect(() => read('a b y\n1 2\n', { delimiter: ' ' })).toThrow('with spaces between cells');
  });
});

describe('decimal commas', () => {
  const text = 'a;b;y\n1,5;-2,5e1;3,5\n,5;2;1\n';

  it('are read where they are said', () => {
    expect(valuesOf(text, { decimal: ',' })).toEqual([1.5, -25, 0.5, 2]);
    expect(read(text, { decimal: ',' }).labels).toEqual(['3.5', '1']);
    expect(valuesOf('1,5 2,5 3\n4,5 5 6\n', { ...bare, decimal: ',' })).toEqual([1.5, 2.5, 4.5, 5]);
  });

  it.each<[string, string, Partial<CsvLayout>]>([
    ["decimal: ','", text, {}],
    ["decimal: ','", text, { delimiter: ';' }],
    ['has a decimal point', 'a;y\n1.5;1\n', { decimal: ',' }],
    ['thousands', 'a;y\n1.234,5;1\n', { decimal: ',' }],
    ['thousands', 'a;y\n1,234.5;1\n', { delimiter: ';' }],
  ])('%s is the hint', (hint, table, over) => {
    expect(() => read(table, over)).toThrow(expect.objectContaining({ hint: expect.stringContaining(hint) }));
  });
});

describe('comments', () => {
  it('do not count, before, between and behind rows', () => {
    const table = read('# made by us, "today\n1 2 3\n  # half\n4 5 6 # odd\n', { ...bare, delimiter: ' ' });
    expect([...table.values]).toEqual([1, 2, 4, 5]);
    expect(table.rowNumbers).toEqual([2, 4]);
  });

  it('may begin otherwise, or not be', () => {
    expect(valuesOf('% x\n1,2,3\n', { ...bare, comment: '%' })).toEqual([1, 2]);
    expect(read('x,y\n1,#a\n2,#b\n').labels).toEqual(['#a', '#b']);
    expect(read('#,y\n1,2\n', { comment: null, label: 'y', header: true }).names).toEqual(['#']);
  });
});

describe('the encoding of a table', () => {
  const text = 'é,y\r\n1,2\r\n-1,3\r\n';
  const wide = (little: boolean, mark: boolean) => {
    const codes = [...(mark ? `\ufeff${text}` : text.replace('é', 'a'))].map((character) => character.charCodeAt(0));
    return Uint8Array.from(codes.flatMap((code) => (little ? [code & 255, code >> 8] : [code >> 8, code & 255])));
  };

  it.each([
    ['utf-16le', true, true],
    ['utf-16be', false, true],
    ['utf-16le', true, false],
    ['utf-16be', false, false],
  ] as const)('is named where it is %s', (encoding, little, mark) => {
    const table = wide(little, mark);
    expect(() => read(table)).toThrow(
      expect.objectContaining({ message: expect.stringContaining('UTF-16'), hint: expect.stringContaining(encoding) }),
    );
    expect([...read(table, { encoding }).values]).toEqual([1, -1]);
    const other = encoding === 'utf-16le' ? 'utf-16be' : 'utf-16le';
    expect(() => read(table, { encoding: 'utf-8' })).toThrow(`looks like ${encoding}`);
    if (mark) expect(() => read(table, { encoding: other })).toThrow(`looks like ${encoding}`);
  });

  it('that is not UTF-8 is refused, or read as it is said to be', () => {
    const latin = Uint8Array.from([0xe9, ...bytes(text.slice(1))]);
    expect(() => read(latin)).toThrow('f.csv is not encoded in UTF-8');
    expect(read(latin, { encoding: 'windows-1252' }).names).toEqual(['é']);
    expect(() => read(bytes(text), { encoding: 'utf-16le' })).toThrow('looks like utf-8');
  });

  it.each([
    ['a NumPy file', [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]],
    ['an archive', [0x50, 0x4b, 3, 4, 0, 0]],
    ['compressed', [0x1f, 0x8b, 8, 0]],
    ['a binary file', [1, 0, 0, 7, 0, 0, 0, 9]],
  ])('of %s is none', (what, head) => {
    expect(() => read(Uint8Array.from(head))).toThrow(`is not a text table: it is ${what}`);
  });
});
