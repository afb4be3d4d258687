import { describe, expect, it } from 'vitest';
import { readTextOnly } from '../../../../extension/lab/compiler/source/functionSource.ts';
import * as lab from '../../../../extension/lab/index.ts';
import {
  deepLinear,
  diagonal,
  elementwise,
  linear,
  network,
  parameterization,
  separable,
  vector,
} from '../../../../extension/lab/index.ts';
import { buildPredictor } from '../../../../extension/lab/parameterizations/build.ts';
import type { Parameterization } from '../../../../extension/lab/parameterizations/parameterization.ts';
import type { AnyProblem } from '../../../../extension/lab/problems/index.ts';
import { diagonalDepth } from '../../../../extension/lab/theory/diagonalDepth.ts';

const programOf = (written: Parameterization, problem: AnyProblem) => buildPredictor(written, problem, readTextOnly);
const squares = (u: number, v = u) => elementwise({ u, v }, ({ u, v }) => u * u - v * v);

describe('the depth of a diagonal network', () => {
  const problem = separable({ dimension: 7, train: 4 });
  const start = vector(7);

  it.each<[string, number | null, Parameterization]>([
    ['diagonal', 3, diagonal({ depth: 3 })],
    ['u² − v²', 2, squares(0.1)],
    ['(u − v)(u + v)', 2, elementwise({ a: 1, b: 1 }, ({ a, b }) => (a - b) * (a + b))],
    ['u⁵ − v⁵', 5, elementwise({ u: 1, v: 1 }, ({ u, v }) => u ** 5 - v ** 5)],
    ['a · b', 2, elementwise({ a: 1, b: 1 }, ({ a, b }) => a * b)],
    ['a · b · c', 3, elementwise({ a: 1, b: 1, c: 1 }, ({ a, b, c }) => a * c * b)],
    ['u − v', null, elementwise({ u: 1, v: 1 }, ({ u, v }) => u - v)],
    ['u² + v²', null, elementwise({ u: 1, v: 1 }, ({ u, v }) => u * u + v * v)],
    ['u² − v³', null, elementwise({ u: 1, v: 1 }, ({ u, v }) => u * u - v ** 3)],
    ['linear', null, linear()],
    ['deepLinear', null, deepLinear({ depth: 2 })],
    ['a convolution', null, parameterization({ a: start, b: start }, ({ a, b }) => lab.convolve(a, b))],
    ['a network', null, network({ widths: [3] })],
  ])('%s: %s', (_name, depth, written) => {
    expect(diagonalDepth(programOf(written, problem))).toBe(depth);
  });
});
