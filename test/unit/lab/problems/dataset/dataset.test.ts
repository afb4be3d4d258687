import { describe, expect, it } from 'vitest';
import { provideFiles } from '../../../../../extension/lab/files.ts';
import { dataset, gd, linear } from '../../../../../extension/lab/index.ts';
import { describeProblem, drawProblem, exampleCounts } from '../../../../../extension/lab/problems/index.ts';
import { required } from '../../../required.ts';
import { gaussianRows, trained } from '../../trained.ts';
import { npy } from './npyFile.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const files = new Map<string, Uint8Array>();
provideFiles((path) => files.get(path) ?? new Uint8Array());

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
      'cannot be combined',
    );
  });

  it('finds the inputs of a test file by their names, and its classes as in training', () => {
    files.set('train.csv', bytes('a,b,y\n1,2,no\n3,4,yes\n'));
    files.set('test.csv', bytes('b,y,a\n20,yes,10\n'));
    files.set('other.csv', bytes('a,b,y\n1,2,maybe\n'));
    const problem = dataset({ csv: 'train.csv', label: 'y', loss: 'logistic', test: 'test.csv' });
    const { test, testTargets, trainTargets } = drawProblem(problem, 1);
    expect([...(test as { values: Float64Array }).values]).toEqual([10, 20]);
    expect([...trainTargets, ...required(testTargets)]).toEqual([-1, 1, 1]);
    expect(describeProblem(problem)).toContain("labels: 'yes' +1, 'no' −1");
    expect(() => dataset({ csv: 'train.csv', label: 'y', loss: 'logistic', test: 'other.csv' })).toThrow(
      "other.csv, row 2, label is 'maybe', which is not a training label",
    );
    expect(() => dataset({ csv: 'train.csv', label: 'y', loss: 'square' })).toThrow(
      expect.objectContaining({
        message: expect.stringContaining("train.csv, row 2, label: 'no' is not a finite number"),
        hint: expect.stringContaining("use loss: 'logistic'"),
      }),
    );
  });
});

describe('a column that is constant over the training examples', () => {
  const standardized = (column: number[], test: number[]) => {
    const examples = (values: number[]) => ({ inputs: values.map((x, i) => [x, i]), labels: values });
    const problem = dataset({ train: examples(column), test: examples(test), loss: 'square' });
    const { train, test: tested } = drawProblem({ ...problem, standardize: true } as typeof problem, 1);
    return [train, tested].flatMap((rows) =>
      [...(rows as { values: Float64Array }).values].filter((_, i) => i % 2 === 0),
    );
  };

  it.each([0.1, -0.1, 1e-300, 1e300, 1 / 3, 12345.6789, 0])('of %d is exactly 0', (value) => {
    for (const count of [2, 3, 7, 10, 1000]) {
      const entries = standardized(new Array(count).fill(value), [value, value]);
      expect(entries).toHaveLength(count + 2);
      expect(entries.every((x) => x === 0)).toBe(true);
    }
  });

  it('up to rounding is exactly 0, and one that varies a little is not', () => {
    expect(standardized([0.3, 0.1 + 0.2, 0.3], [5])).toEqual([0, 0, 0, 0]);
    expect(standardized([1e9, 1e9 + 1e-6, 1e9 - 1e-6], [1e9]).map(Math.abs)).toEqual([0, 0, 0, 0]);
    const [a, b, c] = standardized([1e6, 1e6 + 1e-3, 1e6 - 1e-3], [1e6]);
    expect(Math.abs(a)).toBeLessThan(1e-6);
    expect([b, -c]).toEqual([expect.closeTo(Math.sqrt(1.5), 6), expect.closeTo(Math.sqrt(1.5), 6)]);
    expect(standardized([1e300, -1e300], [0])).toEqual([1, -1, 0]);
  });
});

describe('inputs of very many dimensions', () => {
  it('are read, drawn and measured', () => {
    const dimension = 150_000;
    const inputs = [1, -1].map((sign) => new Array<number>(dimension).fill(sign / 400));
    const problem = dataset({ train: { inputs, labels: [1, -1] }, loss: 'logistic' });
    const { norms } = trained({ problem, parameterization: linear(), optimizer: gd({ rate: 0.1 }), steps: 2 });
    expect(norms?.l2).toBeGreaterThan(0);
  });
});
