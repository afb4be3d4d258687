import { describe, expect, it } from 'vitest';
import { provideFiles } from '../../../extension/lab/files.ts';
import { dataset, gd, linear } from '../../../extension/lab/index.ts';
import { readCsv } from '../../../extension/lab/problems/dataset/csv.ts';
import { classLabels } from '../../../extension/lab/problems/dataset/labels.ts';
import { readNpy } from '../../../extension/lab/problems/dataset/npy.ts';
import { drawProblem } from '../../../extension/lab/problems/draw.ts';
import { exampleCounts } from '../../../extension/lab/problems/problem.ts';
import { npy } from './npyFile.ts';
import { gaussianRows, trained } from './training.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const files = new Map<string, Uint8Array>();
provideFiles((path) => files.get(path) ?? new Uint8Array());

const layout = { header: true, delimiter: null, label: 'y', columns: null };

describe('a table of comma-separated values', () => {
  it('is read with its quoting, its byte order mark, its empty lines and any usual delimiter', () => {
    const text = '\ufeff"a, first";y;b\r\n1;cat;-2.5e1\r\n\r\n"3";"do;g";.5\r\n';
    const table = readCsv(bytes(text), 'f.csv', layout);
    expect(table).toMatchObject({ rows: 2, columns: 2, labels: ['cat', 'do;g'], rowNumbers: [2, 4] });
    expect([...table.values]).toEqual([1, -25, 3, 0.5]);
  });

  it('is read without a header, and by chosen columns in their order', () => {
    const read = { ...layout, header: false, label: 0, columns: [3, 1] };
    expect([...readCsv(bytes('9,1,2,3\n8,4,5,6\n'), 'f.csv', read).values]).toEqual([3, 1, 6, 4]);
  });

  it.each<[string, string, Partial<typeof layout>]>([
    ["f.csv, row 3, column 'a': 'x' is not a finite number", 'a,y\n1,2\nx,3\n', {}],
    ["f.csv, row 2, column 'a': the cell is empty", 'a,y\n,2\n', {}],
    ['f.csv, row 3 has 1 cells; the header has 2', 'a,y\n1,2\n3\n', {}],
    ["f.csv has no column 'z'", 'a,y\n1,2\n', { label: 'z' }],
    ['f.csv has no examples', 'a,y\n', {}],
    ['f.csv has no examples', '', {}],
    ['f.csv has no column besides the label', 'y\n1\n', {}],
    ['f.csv has no header', '1,2\n', { header: false }],
    ['quote', 'a,y\n"1,2\n3,4\n', {}],
  ])('%s', (message, text, over) => {
    expect(() => readCsv(bytes(text), 'f.csv', { ...layout, ...over })).toThrow(message);
  });
});

describe('labels of two classes', () => {
  it('are ±1, 0 and 1, false and true by themselves, any others by the positive one', () => {
    expect([...classLabels(['1', '-1', '1.0'], null, 'f')]).toEqual([1, -1, 1]);
    expect([...classLabels([0, 1, 1], null, 'f')]).toEqual([-1, 1, 1]);
    expect([...classLabels(['True', 'false'], null, 'f')]).toEqual([1, -1]);
    expect([...classLabels(['a', 'b', 'c'], 'b', 'f')]).toEqual([-1, 1, -1]);
    expect(() => classLabels(['a', 'b'], null, 'f')).toThrow(
      "f: the logistic loss needs two classes; the labels are 'a', 'b'",
    );
    expect(() => classLabels(['a', 'b'], 'c', 'f')).toThrow("no label is 'c'");
  });
});

describe('a NumPy file', () => {
  it.each(['<f8', '>f8', '<f4', '<i8', '>i4', '<i2', '|i1', '|u1', '<u2', '<u4', '<u8'])(
    'of kind %s is read',
    (kind) => {
      const values = [3, 1, 4, 1, 5, 9];
      expect(readNpy(npy(kind, [2, 3], values), 'f.npy')).toEqual({ shape: [2, 3], values: Float64Array.from(values) });
    },
  );

  it('is read in column-major order, in format 2, in half precision, and as truth values', () => {
    const values = [1, 4, 2, 5, 3, 6];
    expect([...readNpy(npy('<f8', [2, 3], values, { fortran: true, version: 2 }), 'f.npy').values]).toEqual([
      1, 2, 3, 4, 5, 6,
    ]);
    expect([...readNpy(npy('<f2', [3], [0x3c00, 0xc500, 0x0001]), 'f.npy').values]).toEqual([1, -5, 2 ** -24]);
    expect([...readNpy(npy('|b1', [2], [1, 0]), 'f.npy').values]).toEqual([1, 0]);
    expect(readNpy(npy('<f8', [], [7]), 'f.npy').shape).toEqual([]);
  });

  it('of another kind is refused', () => {
    expect(() => readNpy(bytes('not an array'), 'f.npy')).toThrow('f.npy is no .npy file');
    expect(() => readNpy(npy('<c16', [1], [0]), 'f.npy')).toThrow("entries of kind '<c16'");
    expect(() => readNpy(npy('<f8', [2], [1, 2]).subarray(0, -1), 'f.npy')).toThrow('is cut short');
  });
});

describe('a data set from files', () => {
  const rows = gaussianRows(61, 20, 3);
  const y = rows.map((x) => (x[0] > x[1] ? 1 : 0));
  files.set('d.csv', bytes(`a,b,c,y\n${rows.map((x, i) => [...x, y[i]].join()).join('\n')}\n`));
  files.set('x.npy', npy('<f8', [20, 3], rows.flat()));
  files.set('y.npy', npy('|u1', [20], y));

  it('is split by the seed, every example on one side', () => {
    const problem = dataset({ csv: 'd.csv', label: 'y', loss: 'logistic', split: 0.75 });
    expect(exampleCounts(problem)).toEqual({ train: 15, test: 5 });
    const [first, again, other] = [1, 1, 2].map((seed) => drawProblem(problem, seed));
    expect(first).toEqual(again);
    expect(first.trainTargets).not.toEqual(other.trainTargets);
    const all = [first.train, first.test].flatMap((part) => (part?.kind === 'rows' ? [...part.values] : []));
    expect(all.sort()).toEqual(rows.flat().sort());
    expect(drawProblem(dataset({ csv: 'd.csv', label: 'y', loss: 'logistic', split: 7, seed: 3 }), 1)).toEqual(
      drawProblem(dataset({ csv: 'd.csv', label: 'y', loss: 'logistic', split: 7, seed: 3 }), 2),
    );
  });

  it('is the same as table, as NumPy files, and as arrays', () => {
    const run = (problem: ReturnType<typeof dataset>) =>
      trained({ problem, parameterization: linear(), optimizer: gd({ rate: 0.5 }), steps: 20 }).predictor;
    const labels = y.map((value) => (value === 1 ? 1 : -1));
    const arrays = run(dataset({ train: { inputs: rows, labels }, loss: 'logistic' }));
    expect(run(dataset({ csv: 'd.csv', label: 3, loss: 'logistic', split: 1 }))).toEqual(arrays);
    expect(run(dataset({ npy: { inputs: 'x.npy', labels: 'y.npy' }, loss: 'logistic', split: 20 }))).toEqual(arrays);
  });

  it('has columns of mean 0 and deviation 1 over the training examples where it is standardized', () => {
    const { train } = drawProblem(dataset({ csv: 'd.csv', label: 'y', loss: 'square', standardize: true }), 1);
    if (train.kind !== 'rows') throw new Error('rows were expected');
    expect(train.count).toBe(16);
    for (let j = 0; j < 3; j++) {
      const column = [...train.values].filter((_, i) => i % 3 === j);
      const mean = column.reduce((sum, x) => sum + x, 0) / 16;
      expect(Math.abs(mean)).toBeLessThan(1e-14);
      expect(column.reduce((sum, x) => sum + x * x, 0) / 16).toBeCloseTo(1, 12);
    }
  });

  it('can have its test examples in files of their own', () => {
    const problem = dataset({ csv: 'd.csv', label: 'y', loss: 'square', test: 'd.csv' });
    expect(exampleCounts(problem)).toEqual({ train: 20, test: 20 });
    expect(() => dataset({ csv: 'd.csv', label: 'y', loss: 'square', test: 'd.csv', split: 0.5 })).toThrow(
      'nothing to split',
    );
  });
});
