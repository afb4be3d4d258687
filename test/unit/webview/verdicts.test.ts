import { describe, expect, it } from 'vitest';
import { verdictSummary, verdicts } from '../../../webview/verdicts.ts';
import { grid } from './fixtures.ts';

describe('claims', () => {
  it('are named where they fail and open until evaluated', () => {
    const open = verdicts({ grid, claims: [] });
    expect(open.map((one) => one.holds)).toEqual([null, null]);
    expect(verdictSummary(open)).toBe('2 claims to check');
    const some = verdicts({
      grid,
      claims: [
        { claim: 'second', holds: false, error: null },
        { claim: 'first', holds: true, error: null },
      ],
    });
    expect(some.map((one) => one.claim)).toEqual(['first', 'second']);
    expect(verdictSummary(some)).toBe('1 of 2 claims holds, not “second”');
    expect(verdictSummary(some.slice(0, 1))).toBe('the claim holds');
  });
});
