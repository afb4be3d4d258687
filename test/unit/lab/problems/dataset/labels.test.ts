import { describe, expect, it } from 'vitest';
import {
  type ClassName,
  classesOf,
  describeClasses,
  signsOf,
} from '../../../../../extension/lab/problems/dataset/labels.ts';

const signs = (values: ClassName[], positive: ClassName | null = null) => [
  ...signsOf(values, classesOf(values, positive, 'f'), (i) => `f, ${i}`),
];

describe('labels of two classes', () => {
  it.each<[ClassName[], number[]]>([
    [
      ['1', '-1', '1.0'],
      [1, -1, 1],
    ],
    [
      [0, 1, 1],
      [-1, 1, 1],
    ],
    [
      [1, 2, 1],
      [-1, 1, -1],
    ],
    [
      [10, 9],
      [1, -1],
    ],
    [
      ['True', 'false'],
      [1, -1],
    ],
    [
      ['yes', 'no'],
      [1, -1],
    ],
    [
      ['+', '-'],
      [1, -1],
    ],
    [
      ['setosa', 'virginica'],
      [-1, 1],
    ],
    [
      ['1', '1'],
      [1, 1],
    ],
  ])('%j are %j by themselves', (values, wanted) => {
    expect(signs(values)).toEqual(wanted);
  });

  it('are said, unless they are signs', () => {
    expect(describeClasses(classesOf(['a', 'b'], null, 'f'))).toBe("labels: 'b' +1, 'a' −1");
    expect(describeClasses(classesOf(['a', 'b', 'c'], 'c', 'f'))).toBe("labels: 'c' +1, all others −1");
    expect(describeClasses(classesOf([1, -1], null, 'f'))).toBeNull();
  });

  it('can be one against all others', () => {
    expect(signs(['a', 'b', 'c'], 'b')).toEqual([-1, 1, -1]);
    expect(signs([7, 3, 9], 7)).toEqual([1, -1, -1]);
  });

  it.each<[string, ClassName[], ClassName | null]>([
    ["needs two classes; the labels are 'a', 'b', 'c'", ['a', 'b', 'c'], null],
    ["needs two classes; the labels are '0', '1', '2'", [0, 1, 2], null],
    ["needs two classes; all labels are 'a'", ['a', 'a'], null],
    ["no label is 'c'", ['a', 'b'], 'c'],
    ['differ only in case', ['Yes', 'yes'], null],
  ])('%s', (message, values, positive) => {
    expect(() => classesOf(values, positive, 'f')).toThrow(message);
  });
});
