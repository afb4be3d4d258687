import { expect, it } from 'vitest';
import type { LineMark } from '../../../../webview/plot/marks.ts';
import { readingsAt, valueAt } from '../../../../webview/plot/readings.ts';

const line = (name: string, y: number[]): LineMark => ({
  ...{ kind: 'line', x: [1, 10, 100], y, colour: 'blue', width: 1 },
  reading: { name, text: (value) => value.toFixed(1) },
});

it('all series are read at one place, from the top down', () => {
  const marks = [
    line('low', [0, 1, 2]),
    line('high', [5, 6, 7]),
    { ...line('silent', [9, 9, 9]), reading: undefined } as never,
  ];
  expect(readingsAt(marks, 10).map(({ name, text }) => `${name} ${text}`)).toEqual(['high 6.0', 'low 1.0']);
  expect(readingsAt(marks, 1000)).toEqual([]);
});

it('a place between two samples is read where the line is drawn', () => {
  expect(valueAt([1, 10, 100], [0, 1, 2], 55)).toBeCloseTo(1.5);
  expect(valueAt([1, 10, 100], [0, 1, 2], Math.sqrt(1000), true)).toBeCloseTo(1.5);
  expect(valueAt([1, 10], [0, 1], 0.5)).toBeNaN();
  expect(valueAt([], [], 0.5)).toBeNaN();
});

it('a mean is read with its band', () => {
  const marks = [
    { ...line('mean', [1, 2, 3]), reading: { name: 'mean', text: String, low: [0, 1, 2], high: [2, 3, 4] } },
  ];
  expect(readingsAt(marks, 10)[0].text).toBe('2 (1 – 3)');
});
