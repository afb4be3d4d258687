import { afterEach, describe, expect, it } from 'vitest';
import { takeExperiments } from '../../../extension/lab/experiment.ts';
import {
  convolutional,
  deepLinear,
  experiment,
  factorization,
  gd,
  network,
  regression,
  separable,
  sweep,
  teacher,
  vector,
} from '../../../extension/lab/index.ts';
import { smallDefinition } from './smallDefinition.ts';

/** An array that says how many of its entries were read. */
function counted(length: number): { values: number[]; reads: () => number } {
  let reads = 0;
  const values = new Proxy(new Array<number>(length), {
    get(target, name) {
      if (name === 'length') return length;
      if (typeof name === 'string' && /^\d+$/.test(name)) {
        reads++;
        return Number(name);
      }
      return Reflect.get(target, name);
    },
  });
  return { values, reads: () => reads };
}

afterEach(() => {
  takeExperiments();
});

describe('limits of a definition', () => {
  it.each<[number, string]>([
    [1e5, "'seeds' asks for 100000 seeds, more than the 65536 runs that an experiment may have"],
    [1e7, "'seeds' asks for 10000000 seeds, more than the 65536"],
    [1e15, 'more than the 65536'],
  ])('refuses seeds: %d before it lists them', (seeds, message) => {
    expect(() => experiment('e', smallDefinition({ seeds }))).toThrow(message);
    expect(takeExperiments()).toEqual([]);
  });

  it('refuses a list of seeds by its length', () => {
    const { values, reads } = counted(1e6);
    expect(() => experiment('e', smallDefinition({ seeds: values }))).toThrow("'seeds' asks for 1000000 seeds");
    expect(reads()).toBe(0);
  });

  it('takes 32,768 runs', () => {
    experiment('e', smallDefinition({ seeds: 32_768 }));
    expect(takeExperiments()[0]?.seeds).toHaveLength(32_768);
  });

  it('multiplies everything that makes runs, at the first point', () => {
    let asked = 0;
    const points = sweep({ a: Array.from({ length: 500 }, (_, i) => i) }, () => {
      asked++;
      return smallDefinition({ seeds: 100, optimizers: { a: gd({ rate: 1 }), b: gd({ rate: 2 }) } });
    });
    expect(() => experiment('e', points)).toThrow(
      '500 points × 1 parameterization × 2 optimizers × 100 seeds are 100000 runs, more than the 65536',
    );
    expect(asked).toBe(1);
  });

  it('refuses an axis by its length, and axes by the product of their lengths', () => {
    const { values, reads } = counted(1e6);
    expect(() => sweep({ a: values }, () => smallDefinition())).toThrow(
      "the axis 'a' has 1000000 values, more than the 1000 points that a sweep may have",
    );
    expect(reads()).toBe(0);
    const thousand = Array.from({ length: 1000 }, (_, i) => i);
    const axes = { a: thousand, b: thousand, c: thousand, d: thousand };
    expect(() => sweep(axes, () => smallDefinition())).toThrow('are 1000000000000 points, more than the 1000 allowed');
  });

  it.each<[string, () => unknown, string]>([
    ['factorization', () => factorization({ depth: 1e6 }), "'depth' must be at most 10000; it is 1000000"],
    ['deepLinear', () => deepLinear({ depth: 1e6 }), "'depth' must be at most 10000"],
    ['deepLinear width', () => deepLinear({ depth: 2, width: 1e12 }), "'width' must be at most 2147483647"],
    ['convolutional', () => convolutional({ depth: 1e6 }), "'depth' must be at most 10000"],
    ['network', () => network({ widths: new Array(1e5).fill(2) }), "'widths' lists 100000 hidden layers"],
    ['network width', () => network({ widths: [1e15] }), "'widths' must list the widths"],
    ['teacher', () => teacher({ dimension: 2, train: 2, widths: new Array(1e5).fill(2) }), 'at most 10000 layers'],
    ['dimension', () => separable({ dimension: 1e12, train: 2 }), "'dimension' must be at most 2147483647"],
    ['train', () => regression({ dimension: 2, train: 1e12 }), "'train' must be at most 2147483647"],
    ['vector', () => vector(1e12), 'lengths must be whole numbers from 1 to 2147483647'],
    ['steps', () => experiment('e', smallDefinition({ steps: 1e15 })), "'steps' must be at most 1000000000000"],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});
