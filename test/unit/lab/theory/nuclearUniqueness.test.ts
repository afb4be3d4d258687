import { describe, expect, it } from 'vitest';
import { matrixCompletion } from '../../../../extension/lab/index.ts';
import type { AnyProblem } from '../../../../extension/lab/problems/index.ts';
import { drawProblem } from '../../../../extension/lab/problems/index.ts';
import { predictionsOf } from '../../../../extension/lab/theory/predictions/index.ts';
import { trainingData } from '../../../../extension/lab/theory/predictions/prediction.ts';

describe('completions', () => {
  const names = async (problem: AnyProblem) =>
    (await predictionsOf(trainingData(drawProblem(problem, 1)))).map(({ name }) => name);

  it('that see a diagonal alone have many of least nuclear norm', async () => {
    const matrix = [
      [1, 0, 0],
      [0, 2, 0],
      [0, 0, 3],
    ];
    expect(
      await names(
        matrixCompletion({
          matrix,
          observed: [
            [0, 0],
            [1, 1],
            [2, 2],
          ],
        }),
      ),
    ).toEqual([]);
  });

  it('that see enough of a matrix of rank 1 have one', async () => {
    expect(await names(matrixCompletion({ rows: 6, columns: 6, rank: 1, observed: 28, seed: 3 }))).toEqual([
      'least nuclear norm',
    ]);
  });
});
