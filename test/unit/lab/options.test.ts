import { expect, it } from 'vitest';
import { closest } from '../../../extension/lab/options.ts';

it.each([
  ['tahn', ['tan', 'tanh', 'sinh'], 'tanh'],
  ['trian', ['test', 'train'], 'train'],
  ['Rate', ['rate', 'rank'], 'rate'],
  ['completely', ['rate', 'rank'], null],
])('the name closest to %s', (word, known, near) => {
  expect(closest(word, known)).toBe(near);
});
