import { expect, it } from 'vitest';
import { shorten } from '../../../../webview/charts/shorten.ts';

it('shortens texts only where they are too long', () => {
  const widthOf = (text: string) => [...text].length;
  expect(shorten('u² − v²', 7, widthOf)).toBe('u² − v²');
  expect(shorten('convolution', 6, widthOf)).toBe('convo…');
});
