import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonLine, printable, printableName, withPrintableNames } from '../../../extension/cli/printable.ts';

it.each([
  ['\u001b[31mred\u001b[0m', '\\u001b[31mred\\u001b[0m'],
  ['\u009b2J', '\\u009b2J'],
  ['a\rb\u0007\u007f', 'a\\u000db\\u0007\\u007f'],
  ['\u202eevil', '\\u202eevil'],
  ['u² − v² 👩‍🔬', 'u² − v² 👩‍🔬'],
])('shows %j as %s', (text, shown) => {
  expect(printable(text)).toBe(shown);
});

it('keeps lines of texts, not of names', () => {
  expect(printable('a\n\tb')).toBe('a\n\tb');
  expect(printableName('a\n\tb')).toBe('a\\n\\tb');
});

it('copies data with every name in it', () => {
  const numbers = Float64Array.of(1);
  const copy = withPrintableNames({ 'k\u001b': ['\u001b', 1, null, { numbers }] });
  expect(copy).toEqual({ 'k\\u001b': ['\\u001b', 1, null, { numbers }] });
  expect((copy as unknown as Record<string, { numbers: unknown }[]>)['k\\u001b']?.[3]?.numbers).toBe(numbers);
});

it('escapes JSON without changing what it says', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const line = jsonLine({ [text]: text });
      expect(JSON.parse(line)).toEqual(JSON.parse(JSON.stringify({ [text]: text })));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    }),
  );
});
