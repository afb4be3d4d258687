import { expect, it } from 'vitest';
import { isBright, sequentialColour } from '../../../../webview/charts/sequential.ts';

it('runs from dark to bright without turning back', () => {
  const brightness = Array.from({ length: 50 }, (_, i) => {
    const [red, green, blue] = sequentialColour(i / 49);
    return 0.299 * red + 0.587 * green + 0.114 * blue;
  });
  expect(brightness.every((value, i) => i === 0 || value >= brightness[i - 1])).toBe(true);
  expect([isBright(sequentialColour(0)), isBright(sequentialColour(1))]).toEqual([false, true]);
  expect(sequentialColour(7)).toEqual(sequentialColour(1));
});
