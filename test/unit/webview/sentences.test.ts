import { expect, it } from 'vitest';
import { sentencesOf } from '../../../webview/sentences.ts';

it('sentences end at full stops, not in numbers and names', () => {
  expect(
    sentencesOf('GD takes two paths (0.4 %); NGD one. ‘a. b’ and ‘c’ start apart, 1.5 %. Lowest test error: GD.'),
  ).toEqual(['GD takes two paths (0.4 %); NGD one.', '‘a. b’ and ‘c’ start apart, 1.5 %.', 'Lowest test error: GD.']);
  expect(sentencesOf('')).toEqual([]);
});
