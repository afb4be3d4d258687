import { expect, it } from 'vitest';
import { optionIn, replaceCalls, withOption } from '../../gallery/calls.ts';
import { mutations } from '../../gallery/mutations.ts';
import { filesQuoted, withNumbers } from '../../gallery/numbers.ts';

it('replaces calls of one name, with what is nested in them', () => {
  const text = 'a(gd({ rate: f(1) }), lab.gd(2), ngd(3), gd({ x: [g(4)] }))';
  expect(replaceCalls(text, 'gd', (inside) => `<${inside}>`)).toBe(
    'a(<{ rate: f(1) }>, lab.gd(2), ngd(3), <{ x: [g(4)] }>)',
  );
  expect(replaceCalls(text, 'gd', () => null)).toBe(text);
});

it('reads and adds options', () => {
  expect(optionIn('{ until: 1e8, rtol: 2 }', 'until')).toBe('1e8');
  expect(optionIn('{\n  until: 9 * time,\n}', 'until')).toBe('9 * time');
  expect(optionIn('{ until, damping }', 'until')).toBe('until');
  expect(optionIn('{ rtol: 2 }', 'until')).toBeNull();
  expect(withOption('{ rate: 1 }', 'damping: 2')).toBe('{ damping: 2, rate: 1 }');
});

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

it('puts means of runs where a document quotes them', () => {
  const document =
    'x <!-- some-file: GD · w · test.error % -->?<!-- --> and <!-- some-file: GD · w · norms.l1 · n 2 -->7<!-- -->';
  const run = (error: number, n: number) =>
    ({ optimizer: 'GD', parameterization: 'w', test: { error }, norms: { l1: n / 3 }, point: { n } }) as never;
  expect(filesQuoted(document)).toEqual(['some-file']);
  const numbered = withNumbers(document, () => [run(0.1, 1), run(0.3, 2)]);
  expect(numbered.replace(/<!--.*?-->/g, '')).toBe('x 20 % and 0.67');
  expect(withNumbers(numbered, () => [run(0.1, 1), run(0.3, 2)])).toBe(numbered);
  expect(() => withNumbers(document, () => [])).toThrow('there is no number for');
});
