import { describe, expect, it } from 'vitest';
import { readTextOnly } from '../../../../extension/lab/compiler/source/functionSource.ts';
import { dataset, elementwise } from '../../../../extension/lab/index.ts';
import { buildPredictor } from '../../../../extension/lab/parameterizations/build.ts';
import type { Parameterization } from '../../../../extension/lab/parameterizations/parameterization.ts';
import type { AnyProblem } from '../../../../extension/lab/problems/index.ts';
import { diagonalDepth } from '../../../../extension/lab/theory/diagonalDepth.ts';
import { squareDifferenceStart } from '../../../../extension/lab/theory/squareDifference.ts';
import { gaussianRows } from '../trained.ts';

const programOf = (p: Parameterization, problem: AnyProblem) => buildPredictor(p, problem, readTextOnly);

describe('parameterizations are recognized', () => {
  const problem = dataset({ train: { inputs: gaussianRows(1, 3, 4), labels: [1, 2, 3] }, loss: 'square' });
  const startOf = (p: Parameterization) => squareDifferenceStart(programOf(p, problem), 1);

  it('in either order of the parameters, and with either sign', () => {
    const alpha = new Float64Array(4).fill(0.2);
    expect(startOf(elementwise({ u: 0.2, v: 0.2 }, ({ u, v }) => u * u - v * v))).toEqual(alpha);
    expect(startOf(elementwise({ v: 0.2, u: 0.2 }, ({ u, v }) => u * u - v * v))).toEqual(alpha);
    expect(startOf(elementwise({ u: 0.2, v: 0.2 }, ({ u, v }) => v ** 2 - u ** 2))).toEqual(alpha);
    expect(
      diagonalDepth(
        programOf(
          elementwise({ b: 0.2, a: 0.2 }, ({ a, b }) => a ** 3 - b ** 3),
          problem,
        ),
      ),
    ).toBe(3);
  });

  it('by their values everywhere, not where all parameters are positive alone', () => {
    expect(startOf(elementwise({ u: 0.2, v: 0.2 }, ({ u, v }) => u * Math.abs(u) - v * v))).toBeNull();
    expect(
      diagonalDepth(
        programOf(
          elementwise({ u: 1, v: 1 }, ({ u, v }) => Math.abs(u * v)),
          problem,
        ),
      ),
    ).toBeNull();
  });
});
