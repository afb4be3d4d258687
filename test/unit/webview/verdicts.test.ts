import { describe, expect, it } from 'vitest';
import { verdicts } from '../../../webview/verdicts.ts';
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
});
