import { expect, it } from 'vitest';
import { Occupied } from '../../../../webview/plot/occupied.ts';

it('knows where lines run', () => {
  const occupied = new Occupied(100, 100);
  occupied.addLine(0, 50, 99, 50);
  expect(occupied.in(0, 40, 99, 60)).toBe(25);
  expect(occupied.in(0, 0, 99, 40)).toBe(0);
  occupied.add(-5, 500);
  expect(occupied.in(0, 0, 99, 40)).toBe(0);
});
