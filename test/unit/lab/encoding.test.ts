import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encode, isSameData } from '../../../extension/lab/encoding.ts';
import { gd, matrixCompletion, momentum, ngd, separable } from '../../../extension/lab/index.ts';
import { encodeOptimizer, optimizerDescription } from '../../../extension/lab/optimizers/index.ts';
import { encodeProblem, problemDescription } from '../../../extension/lab/problems/index.ts';

const { value: plainData } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, false, 0, -0, Number.NaN, Number.POSITIVE_INFINITY),
    fc.double(),
    fc.string({ unit: 'grapheme' }),
    fc.float64Array(),
    fc.int32Array(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

describe('the canonical encoding', () => {
  it('gives the same bytes exactly for equal data', () => {
    fc.assert(
      fc.property(plainData, plainData, (a, b) => {
        // Node's strict equality knows −0 and NaN as the encoding does.
        expect(isSameData(a, b)).toBe(isDeepStrictEqual(a, b));
        expect(isSameData(a, structuredClone(a))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('does not see the order of fields, nor fields that are undefined', () => {
    expect(encode({ a: 1, b: [2, { d: 3, c: 4 }] })).toEqual(encode({ b: [2, { c: 4, d: 3, e: undefined }], a: 1 }));
    expect(encode({ a: 1 })).not.toEqual(encode({ a: '1' }));
    expect(encode([0])).not.toEqual(encode([-0]));
    expect(encode(['ab', 'c'])).not.toEqual(encode(['a', 'bc']));
  });

  it('refuses what is no plain data', () => {
    for (const value of [() => 1, Symbol('a'), 1n, new Map(), new Date(), undefined, { a: new Set() }]) {
      expect(() => encode(value)).toThrow(TypeError);
    }
  });
});

describe('the encoding of an optimizer', () => {
  it('is of its settings, not of the place where it was written', () => {
    const here = optimizerDescription(gd({ rate: 0.1 }));
    const there = optimizerDescription(gd({ batch: undefined, rate: 0.1 }));
    expect(here).toEqual({ type: 'gd', rate: 0.1, normalized: false, batch: null });
    expect(encodeOptimizer(here)).toEqual(encodeOptimizer(there));
    const others = [gd({ rate: 0.2 }), gd({ rate: 0.1, batch: 3 }), momentum({ rate: 0.1 }), ngd({ rate: 0.1 })];
    for (const other of others.map(optimizerDescription)) {
      expect(encodeOptimizer(other)).not.toEqual(encodeOptimizer(here));
    }
  });
});

describe('the encoding of a problem', () => {
  it('is of its options and data, not of the place where it was written', () => {
    const data = (corner: number) =>
      problemDescription(
        matrixCompletion({
          matrix: [
            [corner, Number.NaN],
            [2, 3],
          ],
        }),
      );
    expect(data(1)).not.toHaveProperty('origin');
    expect(encodeProblem(data(1))).toEqual(encodeProblem(data(1)));
    expect(encodeProblem(data(1))).not.toEqual(encodeProblem(data(1 + Number.EPSILON)));
    expect(encodeProblem(data(0))).not.toEqual(encodeProblem(data(-0)));
    const drawn = (seed?: number) => problemDescription(separable({ dimension: 4, train: 2, seed }));
    expect(encodeProblem(drawn(1))).not.toEqual(encodeProblem(drawn()));
  });
});
