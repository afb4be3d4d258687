import { describe, expect, it } from 'vitest';
import { provideFiles } from '../../../../../extension/lab/files.ts';
import { factorization, gd, matrixCompletion } from '../../../../../extension/lab/index.ts';
import {
  type AnyProblem,
  describeProblem,
  drawProblem,
  exampleCounts,
} from '../../../../../extension/lab/problems/index.ts';
import { required } from '../../../required.ts';
import { trained } from '../../trained.ts';
import { npy } from '../dataset/npyFile.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const files = new Map<string, Uint8Array>([
  ['m.csv', bytes('1,,3\n,5,NA\n')],
  ['spaces.txt', bytes('1 nan 3\nnan 5 ?\n')],
  ['wide.csv', bytes('1,,\n,,\n')],
  ['m.npy', npy('<f8', [2, 3], [1, Number.NaN, 3, Number.NaN, 5, Number.NaN])],
  ['x.npy', npy('<f8', [1, 1], [Number.POSITIVE_INFINITY])],
  ['v.npy', npy('<f8', [3], [1, 2, 3])],
]);
provideFiles((path) => files.get(path) ?? new Uint8Array());

const matrix = [
  [1, Number.NaN, 3],
  [Number.NaN, 5, Number.NaN],
];
const indicesOf = (problem: AnyProblem, seed = 1) => {
  const { train, test } = drawProblem(problem, seed);
  return [train, test].map((part) => (part?.kind === 'entries' ? [...part.indices] : null));
};

describe('a matrix with entries that are not known', () => {
  it.each([
    ['in the lab file', () => matrixCompletion({ matrix })],
    ['in a table', () => matrixCompletion({ csv: 'm.csv' })],
    ['in a table of spaces', () => matrixCompletion({ csv: 'spaces.txt', delimiter: ' ' })],
    ['in a NumPy file', () => matrixCompletion({ npy: 'm.npy' })],
  ])('is completed from those that are, %s', (_, make) => {
    const problem = make();
    expect(indicesOf(problem)).toEqual([[0, 2, 4], null]);
    expect(exampleCounts(problem)).toEqual({ train: 3, test: 0 });
    const { trainTargets, truth } = drawProblem(problem, 1);
    expect([[...trainTargets], truth]).toEqual([[1, 3, 5], null]);
    expect(describeProblem(problem)).toContain('3 of 3 known entries of a given 2 × 3 matrix');
    const run = trained({
      problem,
      parameterization: factorization({ depth: 2 }),
      optimizer: gd({ rate: 0.1 }),
      steps: 5,
    });
    expect(Number.isFinite(run.train.loss)).toBe(true);
    expect(run.test).toBeNull();
  });

  it('is tested on the known ones that are not observed', () => {
    expect(
      indicesOf(
        matrixCompletion({
          matrix,
          observed: [
            [0, 0],
            [1, 1],
          ],
        }),
      ),
    ).toEqual([[0, 4], [2]]);
    const drawn = matrixCompletion({ matrix, observed: 2 });
    expect(exampleCounts(drawn)).toEqual({ train: 2, test: 1 });
    for (const seed of [1, 2, 3, 4]) {
      const [train, test] = indicesOf(drawn, seed);
      expect([...required(train), ...required(test)].sort()).toEqual([0, 2, 4]);
    }
    expect(indicesOf(matrixCompletion({ matrix, observed: 0.7, seed: 3 }), 1)).toEqual(
      indicesOf(matrixCompletion({ matrix, observed: 0.7, seed: 3 }), 2),
    );
  });

  it('keeps rows and columns that are not known at all', () => {
    expect(matrixCompletion({ csv: 'wide.csv' })).toMatchObject({ rows: 2, columns: 3, known: 1 });
  });

  it.each<[string, () => AnyProblem]>([
    ["the entry [0, 1] of 'matrix' is not known", () => matrixCompletion({ matrix, observed: [[0, 1]] })],
    ['the matrix has no known entries', () => matrixCompletion({ matrix: [[Number.NaN]] })],
    [
      'row 1, column 1 must be a finite number, or NaN',
      () => matrixCompletion({ matrix: [[Number.POSITIVE_INFINITY]] }),
    ],
    ['up to the 3 known entries; it is 4', () => matrixCompletion({ matrix, observed: 4 })],
    ['the entry [0, 0] of x.npy is Infinity', () => matrixCompletion({ npy: 'x.npy' })],
    ['v.npy is not a matrix: its shape is [3]', () => matrixCompletion({ npy: 'v.npy' })],
  ])('%s', (message, make) => {
    expect(make).toThrow(message);
  });
});
