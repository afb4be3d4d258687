import { expect, it } from 'vitest';
import { lonely } from '../../../webview/grid.ts';

it('a card that would stand alone in its row is found', () => {
  expect(lonely(['one', 'one', 'one', 'row'], 2)).toBe(2);
  expect(lonely(['row', 'one', 'one', 'one', 'one', 'row'], 2)).toBeNull();
  expect(lonely(['one', 'one', 'one', 'one'], 3)).toBe(3);
  expect(lonely(['one'], 1)).toBeNull();
  expect(lonely(['one', 'tall', 'one'], 2)).toBeNull();
});
