import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  callText,
  keywords,
  pythonArray,
  pythonFloat,
  pythonNumber,
  pythonTuple,
} from '../../../extension/python/literals.ts';

describe('literals', () => {
  it('reads numbers as the same numbers', () => {
    expect([0.1, 1e21, 1e-7, 3, -0, Number.NaN, Number.NEGATIVE_INFINITY].map(pythonNumber)).toEqual([
      ...['0.1', '1e+21', '1e-7', '3', '-0.0', 'np.nan', '-np.inf'],
    ]);
    expect([3, -2, 0.5].map(pythonFloat)).toEqual(['3.0', '-2.0', '0.5']);
  });

  it('writes tuples of one with a comma', () => {
    expect([pythonTuple([]), pythonTuple([3]), pythonTuple([3, 4])]).toEqual(['()', '(3,)', '(3, 4)']);
  });

  it('writes arrays in the shortest form', () => {
    expect(pythonArray([0, 0], [2])).toBe('np.zeros((2,))');
    expect(pythonArray([2, 2], [1, 2])).toBe('np.full((1, 2), 2.0)');
    expect(pythonArray([1, 2, 3, 4], [2, 2])).toBe('np.array([[1.0, 2.0], [3.0, 4.0]])');
    expect(pythonArray([-0, -0], [2])).toBe('np.full((2,), -0.0)');
  });

  it('packs long arrays without loss', () => {
    const values = Array.from({ length: 100 }, (_, i) => Math.sin(i) * 10 ** (i - 50));
    const [, packed, shape] = /^unpacked\("(.*)", (.*)\)$/.exec(pythonArray(values, [50, 2]))!;
    const bytes = inflateSync(Buffer.from(packed!, 'base64'));
    expect(shape).toBe('(50, 2)');
    expect(values.map((_, i) => bytes.readDoubleLE(8 * i))).toEqual(values);
  });

  it('leaves out arguments that are null, and breaks long calls', () => {
    expect(keywords({ a: '1', b: null, c: '2' })).toBe('a=1, c=2');
    expect(callText('f', { a: '1' })).toBe('f(a=1)');
    expect(callText('f', { a: 'x'.repeat(100), b: '2' }).split('\n')).toHaveLength(4);
  });
});
