import { describe, expect, it } from 'vitest';
import { shortNumbers, verdicts } from '../../../webview/verdicts.ts';
import { grid } from './fixtures.ts';

describe('claims', () => {
  it('keep their order and are open until evaluated', () => {
    const open = verdicts({ grid, claims: [] });
    expect(open.map((one) => one.holds)).toEqual([null, null]);
    const some = verdicts({
      grid,
      claims: [
        { claim: 'second', holds: false, error: null },
        { claim: 'first', holds: true, error: null },
      ],
    });
    expect(some.map((one) => one.claim)).toEqual(['first', 'second']);
    expect(some.map((one) => one.holds)).toEqual([true, false]);
  });

  it('have their numbers beside them', () => {
    const invariance = {
      values: [{ expression: "invariance('NGD')", value: 0.0014 }],
      wanted: 'invariance("NGD") < 0.05',
    };
    expect(shortNumbers(invariance)).toBe('0.0014 < 0.05');
    const [a, b] = ['a', 'b'].map((name, i) => ({
      expression: `mean('GD', '${name}').test.error`,
      value: 0.1 + 0.2 * i,
    }));
    expect(
      shortNumbers({ values: [a, b], wanted: "mean('GD', 'a').test.error < 0.6 * mean('GD', 'b').test.error" }),
    ).toBe('0.1 against 0.3');
    expect(shortNumbers({ values: [a], wanted: "2 * mean('GD', 'a').test.error < 1" })).toBe('');
    expect(shortNumbers({})).toBe('');
  });
});
