import { expect, it } from 'vitest';
import { seedsOf, seedsText } from '../../../extension/cli/seeds.ts';

it.each([
  ['3', [1, 2, 3]],
  ['101-103', [101, 102, 103]],
  ['7-7', [7]],
  ['1,5,9-12', [1, 5, 9, 10, 11, 12]],
  ['5,5,4-6', [5, 4, 6]],
  ['0,2', [0, 2]],
])('%s', (text, seeds) => {
  expect(seedsOf(text)).toEqual(seeds);
});

it.each([
  '',
  '0',
  'x',
  '5-2',
  '1,',
  ',1',
  '1,,2',
  '1-2-3',
  '-1',
  '1.5',
  '1, 2',
  '9007199254740993-9007199254740993',
  '1-70000',
  '0-40000,40001-70000',
])('refuses %j', (text) => {
  expect(() => seedsOf(text)).toThrow('for example 101-108 or 1,5,9-12');
});

it.each([
  ['1', '1 seed'],
  ['8', '8 seeds'],
  ['101-104', '4 seeds (101–104)'],
  ['1,5,9-12', '6 seeds (1, 5, 9–12)'],
  ['2,4,6,8,10,12,14', '7 seeds (2, 4, 6, 8, 10, …)'],
])('tells which %s are', (text, told) => {
  expect(seedsText(seedsOf(text))).toBe(told);
});
