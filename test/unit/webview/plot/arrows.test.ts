import { expect, it } from 'vitest';
import { arrowPlaces } from '../../../../webview/plot/arrows.ts';

it('arrow heads stand along a path and point the way it goes', () => {
  const [first, ...others] = arrowPlaces([0, 0, 300, 0]);
  expect(others).toHaveLength(2);
  expect(first).toEqual({ x: 75, y: 0, angle: 0 });
  const [back] = arrowPlaces([100, 0, 0, 0]);
  expect(back).toMatchObject({ x: 50, angle: Math.PI });
});

it('a path of a few pixels has none', () => {
  expect(arrowPlaces([0, 0, 10, 10])).toEqual([]);
  expect(arrowPlaces([])).toEqual([]);
});
