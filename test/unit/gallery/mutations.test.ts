import { expect, it } from 'vitest';
import { mutations } from '../../gallery/mutations.ts';

const text = `problem: separable({ dimension: 9, sparsity: 3 }),
  a: diagonal({ scale: 0.1 }), GF: gradientFlow({ until: 1e8 }), NGF: naturalGradientFlow({ until: 5, fisher: 'population' })`;

it.each([
  ['gradient → natural', 'lab.naturalGradientFlow({ until: Math.min(10, 1e8) })'],
  ['natural → gradient', 'NGF: lab.gradientFlow({ until: 5 })'],
  ['Fisher', "naturalGradientFlow({ fisher: 'train', until: 5"],
  ['damping', "naturalGradientFlow({ damping: 0.1, until: 5, fisher: 'population' })"],
  ['parameterization', 'a: lab.linear()'],
  ['start', 'scale: 1 '],
  ['labels', 'separable({ noise: 0.3, dimension: 9, sparsity: 3 })'],
  ['truth', 'separable({ dimension: 9, })'],
  ['time', 'gradientFlow({ until: 0.01 * (1e8)'],
])('the mutation %s', (name, expected) => {
  const changed = mutations.find((one) => one.name === name)!.apply(text);
  expect(changed.replace(/,\s+\}/, ', }')).toContain(expected);
});

it('shuffles the labels of a table, and nothing else', () => {
  const { applyToTable } = mutations.find(({ name }) => name === 'labels')!;
  const rows = ['1,a', '2,b', '3,c', '4,d'];
  const [header, ...shuffled] = applyToTable!(['x,sex', ...rows]);
  expect(header).toBe('x,sex');
  expect(shuffled.map((row) => row.split(',')[0])).toEqual(['1', '2', '3', '4']);
  expect(shuffled).not.toEqual(rows);
  expect(shuffled.map((row) => row.split(',')[1]).sort()).toEqual(['a', 'b', 'c', 'd']);
});
