import { expect, it } from 'vitest';
import { placeLabels } from '../../../../webview/charts/labels.ts';

it('moves labels apart and keeps them inside', () => {
  const area = { left: 0, right: 200, top: 0, bottom: 100 };
  const placed = placeLabels(
    [
      { text: 'aaaa', x: 50, y: 50 },
      { text: 'bbbb', x: 52, y: 51 },
      { text: 'cccc', x: 195, y: 20 },
    ],
    (text) => text.length * 8,
    area,
    14,
  );
  const [a, b] = ['aaaa', 'bbbb'].map((text) => placed.find((one) => one.text === text)!);
  expect(Math.abs(a.y - b.y)).toBeGreaterThanOrEqual(14);
  expect(placed.find((one) => one.text === 'cccc')!.align).toBe('right');
});
