import { expect, it } from 'vitest';
import { mathematicsText } from '../../../extension/editor/mathematicsText.ts';
import type { Inspected } from '../../../extension/lab/results.ts';

const text = (one: Partial<Inspected>, link = '') =>
  mathematicsText({ name: 'p', mathematics: [], parameters: 1, jacobian: null, stableRate: null, ...one }, link);

it('shows mathematics, sizes, ranks and the largest stable rate', () => {
  const ends = [
    { optimizer: 'GD', rank: 3 },
    { optimizer: 'N*GD', rank: 5 },
  ];
  const shown = text(
    {
      mathematics: ['w = u²', '∂w/∂u = 2 u'],
      parameters: 5,
      jacobian: { of: 'predictor', rows: 5, start: 5, ends },
      stableRate: 0.123456,
    },
    '[more](to)',
  );
  expect(shown.split('\n')).toEqual([
    '```text',
    'w = u²',
    '∂w/∂u = 2 u',
    '```',
    '',
    '5 parameters · rank of ∂w/∂θ 5 of 5 at the start, at the end 3 (GD), 5 (N\\*GD)  ',
    'Largest stable rate of gradient descent at the start 0.123  ',
    '[more](to)',
  ]);
});

it('says one rank where all are the same, and leaves out what is not known', () => {
  const jacobian = { of: 'training outputs' as const, rows: 9, start: 8, ends: [{ optimizer: 'a', rank: 8 }] };
  expect(text({ jacobian })).toBe(
    '1 parameter · rank of ∂f/∂θ on the training inputs 8 of 9 at the start, 8 at the end',
  );
  expect(text({})).toBe('1 parameter · the Jacobian is too large for its rank to be computed here');
});

it('is not broken by what a name has', () => {
  expect(text({ mathematics: ['w = ```\n# x'] })).toMatch(/^````text\nw = ```\n# x\n````/);
});
