import { describe, expect, it } from 'vitest';
import { readTextOnly } from '../../../../extension/lab/compiler/source/functionSource.ts';
import { diagonal, elementwise, linear, regression } from '../../../../extension/lab/index.ts';
import { buildPredictor } from '../../../../extension/lab/parameterizations/build.ts';
import type { Parameterization } from '../../../../extension/lab/parameterizations/parameterization.ts';
import { squareDifferenceStart } from '../../../../extension/lab/theory/squareDifference.ts';

const lines = regression({ dimension: 30, train: 20, sparsity: 3 });
const square = elementwise({ u: 0.2, v: 0.2 }, ({ u, v }) => u * u - v * v);

describe('u² − v² is recognized', () => {
  const start = (parameterization: Parameterization) =>
    squareDifferenceStart(buildPredictor(parameterization, lines, readTextOnly), 1);

  it('in other words, with its start', () => {
    expect(start(square)).toEqual(new Float64Array(30).fill(0.2));
    expect(start(elementwise({ a: 0.3, b: 0.3 }, ({ a, b }) => (a - b) * (a + b)))).toEqual(
      new Float64Array(30).fill(0.3),
    );
  });

  it('from starts of either sign: the flow keeps the signs of u and v, and w has their squares', () => {
    const negative = start(elementwise({ u: -0.2, v: -0.2 }, ({ u, v }) => u * u - v * v));
    expect(negative).toEqual(new Float64Array(30).fill(0.2));
  });

  it('and nothing else', () => {
    expect(start(elementwise({ u: 0.2, v: 0.1 }, ({ u, v }) => u * u - v * v))).toBeNull();
    expect(start(elementwise({ u: 0.2, v: 0.2 }, ({ u, v }) => u ** 4 - v ** 4))).toBeNull();
    expect(start(elementwise({ u: 0, v: 0 }, ({ u, v }) => u * u - v * v))).toBeNull();
    expect(start(linear())).toBeNull();
    expect(start(diagonal({ depth: 3 }))).toBeNull();
  });
});
