import { describe, expect, it } from 'vitest';
import { readTextOnly } from '../../../../extension/lab/compiler/source/functionSource.ts';
import {
  convolutional,
  convolve,
  deepLinear,
  diagonal,
  elementwise,
  factorization,
  linear,
  matrixCompletion,
  multiply,
  network,
  parameterization,
  regression,
  vector,
} from '../../../../extension/lab/index.ts';
import { mathematicsOf } from '../../../../extension/lab/inspection/mathematics.ts';
import { buildPredictor } from '../../../../extension/lab/parameterizations/build.ts';
import type { Parameterization } from '../../../../extension/lab/parameterizations/parameterization.ts';

const problem = regression({ dimension: 5, train: 8 });
const linesOf = (one: Parameterization) => mathematicsOf(buildPredictor(one, problem, readTextOnly));

const of = (f: (p: { u: number; v: number }) => number) => linesOf(elementwise({ u: 0.5, v: 0.3 }, f));

describe('an elementwise parameterization', () => {
  it.each<[string, (p: { u: number; v: number }) => number, string[]]>([
    ['squares', ({ u, v }) => u * u - v * v, ['w = u² − v²', '∂w/∂u = 2 u', '∂w/∂v = −2 v']],
    ['powers', ({ u, v }) => u ** 3 + v ** 2.5, ['w = u³ + v^2.5', '∂w/∂u = 3 u²', '∂w/∂v = 2.5 v^1.5']],
    ['products', ({ u, v }) => 2 * u * v * u, ['w = 2 u² v', '∂w/∂u = 4 u v', '∂w/∂v = 2 u²']],
    ['functions', ({ u, v }) => Math.tanh(u) / v, ['w = tanh(u) / v']],
    ['roots', ({ u, v }) => Math.sqrt(u + v), ['w = √(u + v)']],
    ['brackets', ({ u, v }) => (u - (v - 1)) * u, ['w = u (u − v + 1)']],
    ['signs', ({ u, v }) => -u * v - -2, ['w = −u v + 2']],
    ['choices', ({ u, v }) => (u > v ? u : 0), ['w = (u if u > v, else 0)']],
  ])('of %s', (_name, f, lines) => {
    expect(of(f).slice(0, lines.length)).toEqual(lines);
  });

  it('of too many terms is not shown', () => {
    expect(
      of(({ u, v }) => {
        let sum = 0;
        for (let i = 1; i < 200; i++) sum += Math.sin(i * u) * v;
        return sum;
      }),
    ).toEqual([]);
  });
});

describe('a building block', () => {
  it('as what it computes', () => {
    expect(linesOf(linear())).toEqual(['w = θ', '∂w/∂θ = 1']);
    expect(linesOf(diagonal({ depth: 3 }))).toEqual(['w = u³ − v³', '∂w/∂u = 3 u²', '∂w/∂v = −3 v²']);
    expect(linesOf(deepLinear({ depth: 2 }))).toEqual([
      'w = W₂ W₁',
      '∂L/∂W₁ = W₂ᵀ G',
      '∂L/∂W₂ = G W₁ᵀ',
      'with G = ∂L/∂w',
    ]);
    expect(linesOf(convolutional({ depth: 2 }))[0]).toBe('w = w₁ ∗ w₂');
    expect(linesOf(network({ widths: [4, 3], activation: 'tanh' }))).toEqual([
      'f(x) = W₃ φ(W₂ φ(W₁ x))',
      'φ(x) = tanh(x)',
    ]);
    expect(linesOf(network({ widths: [4], activation: 'relu', bias: true }))[0]).toMatch(
      /^f\(x\) = W₂ φ\(W₁ x \+ .₁\) \+ .₂$/,
    );
  });

  it('of a matrix', () => {
    const matrix = matrixCompletion({ rows: 4, columns: 5, rank: 1, observed: 10 });
    expect(mathematicsOf(buildPredictor(factorization({ depth: 3 }), matrix, readTextOnly)).slice(0, 2)).toEqual([
      'W = W₃ W₂ W₁',
      '∂L/∂W₁ = W₂ᵀ W₃ᵀ G',
    ]);
  });

  it('of tensor operations', () => {
    const program = parameterization({ a: vector(5), b: vector(5), c: vector(5) }, ({ a, b, c }) =>
      multiply(convolve(a, b), c),
    );
    expect(linesOf(program)[0]).toBe('w = c ⊙ (a ∗ b)');
  });
});
