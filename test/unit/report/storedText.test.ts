import { expect, it } from 'vitest';
import { storedText } from '../../../extension/report/storedText.ts';

it.each<[('here' | 'elsewhere' | undefined)[], string]>([
  [[undefined, undefined], ''],
  [['here', undefined], '1 of 2 runs stored'],
  [['here', 'here'], 'all 2 runs stored'],
  [['here', 'elsewhere', undefined], '2 of 3 runs stored, 1 of them computed elsewhere'],
])('says how many of %j are stored', (stored, text) => {
  expect(storedText(stored.map((where) => (where ? { stored: where } : {})))).toBe(text);
});
