import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PythonValue, readPythonLiteral } from '../../../../../extension/lab/problems/dataset/pythonLiteral.ts';

describe('a Python literal', () => {
  const literal: fc.Arbitrary<{ text: string; value: PythonValue }> = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      fc.integer().map((value) => ({ text: `${value}`, value: value as PythonValue })),
      fc.nat().map((value) => ({ text: `${value}L`, value: value as PythonValue })),
      fc.constantFrom(['True', true], ['False', false], ['None', null]).map(([text, value]) => ({ text, value })),
      fc
        .tuple(fc.stringMatching(/^[a-z<>|0-9 ]*$/), fc.constantFrom("'", '"'), fc.constantFrom('', 'u', 'b'))
        .map(([value, quote, prefix]) => ({ text: prefix + quote + value + quote, value })),
      tie('list'),
      tie('tuple'),
    ),
    list: fc.array(tie('any'), { maxLength: 4 }).map((items) => joined('[', items as never, ']')),
    tuple: fc.array(tie('any'), { maxLength: 4 }).map((items) => joined('(', items as never, ')')),
  })).any as never;

  function joined(open: string, items: { text: string; value: PythonValue }[], close: string) {
    const last = items.length === 1 ? ',' : '';
    return {
      text: `${open} ${items.map(({ text }) => text).join(' , ')}${last} ${close}`,
      value: items.map(({ value }) => value),
    };
  }

  it('is read as it was written', () => {
    fc.assert(
      fc.property(literal, ({ text, value }) => {
        expect(readPythonLiteral(text)).toEqual(value);
        expect(readPythonLiteral(` {'k' : ${text} , } `)).toEqual(new Map([['k', value]]));
      }),
    );
  });
});
