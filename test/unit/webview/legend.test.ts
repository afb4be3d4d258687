import { expect, it } from 'vitest';
import { isolated } from '../../../webview/legend.ts';

it('isolating hides all others, and shows all again once it is alone', () => {
  const all = ['a', 'b', 'c'];
  expect(isolated(all, [], 'b')).toEqual(['a', 'c']);
  expect(isolated(all, ['a'], 'b')).toEqual(['a', 'c']);
  expect(isolated(all, ['b'], 'b')).toEqual(['a', 'c']);
  expect(isolated(all, ['a', 'c'], 'b')).toEqual([]);
});
