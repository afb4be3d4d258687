import { expect, it } from 'vitest';
import { filesQuoted, withNumbers } from '../../gallery/numbers.ts';

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
