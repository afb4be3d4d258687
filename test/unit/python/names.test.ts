import { expect, it } from 'vitest';
import { identifier } from '../../../extension/python/names.ts';

it.each([
  ['w = u² - v²', 'w_u2_v2'],
  ['w = θ', 'w_theta'],
  ['depth 2', 'depth_2'],
  ['2 layers', 'p_2_layers'],
  ['∗', 'p'],
  ['lambda', 'lambda_2'],
  ['np', 'np_2'],
])("'%s' becomes %s", (name, expected) => {
  expect(identifier(name, new Set())).toBe(expected);
});

it('gives each name once', () => {
  const used = new Set<string>();
  expect([identifier('a b', used), identifier('a-b', used), identifier('a.b', used)]).toEqual([
    'a_b',
    'a_b_2',
    'a_b_3',
  ]);
});
