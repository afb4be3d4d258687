import { expect, it } from 'vitest';
import { claimNumbers, claimText } from '../../../extension/report/claimText.ts';

it('tells a claim with its numbers', () => {
  const claim = { claim: 'one path', holds: false, error: null };
  expect(claimText({ ...claim, holds: true })).toBe('holds: one path');
  expect(claimText({ ...claim, error: 'why' })).toBe('does not hold: one path (why)');
  expect(
    claimText({
      ...claim,
      values: [{ expression: "invariance('NGD')", value: 0.0612 }],
      wanted: "invariance('NGD') < 0.05",
    }),
  ).toBe("does not hold: one path (invariance('NGD') = 0.061; wanted: invariance('NGD') < 0.05)");
});

it('has the numbers alone, in the notation of whoever shows them', () => {
  const claim = { values: [{ expression: 'gap()', value: 0.25 }], wanted: 'gap() < 1' };
  expect(claimNumbers(claim, (text) => `<${text}>`)).toBe('gap() = <0.25>; wanted: gap() < 1');
  expect(claimNumbers({})).toBe('');
});
