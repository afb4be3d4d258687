import { expect, it, vi } from 'vitest';
import { createInteraction, isLit } from '../../../webview/interaction.ts';

const key = (parameterization: string, optimizer: string) => JSON.stringify([parameterization, optimizer]);

it('listeners hear of changes alone', () => {
  const interaction = createInteraction();
  const listener = vi.fn();
  interaction.subscribe(listener);
  interaction.light({ at: 3 });
  interaction.light({ at: 3 });
  expect(listener).toHaveBeenCalledTimes(1);
  expect(interaction.lit).toMatchObject({ at: 3, cell: null });
});

it('a cell, a parameterization or an optimizer is lit up', () => {
  const { lit } = createInteraction();
  expect(isLit(lit)).toBeNull();
  expect(isLit({ ...lit, cell: key('a', 'GD') })?.(key('a', 'NGD'))).toBe(false);
  const ofA = isLit({ ...lit, parameterization: 'a' })!;
  expect([ofA(key('a', 'GD')), ofA(key('b', 'GD'))]).toEqual([true, false]);
  expect(isLit({ ...lit, optimizer: 'GD' })?.(key('b', 'GD'))).toBe(true);
});
