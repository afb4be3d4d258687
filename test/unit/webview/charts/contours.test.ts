import { expect, it } from 'vitest';
import { contoursOf } from '../../../../webview/charts/contours.ts';
import { lossAt, lossContours } from '../../../../webview/charts/lossContours.ts';

it('a contour lies where the surface has its level', () => {
  const at = Array.from({ length: 41 }, (_, i) => (i - 20) / 10);
  const values = at.map((y) => at.map((x) => x * x + y * y));
  const [{ segments }] = contoursOf(at, at, values, [1]);
  expect(segments.length).toBeGreaterThan(100);
  for (let i = 0; i < segments.length; i += 2) expect(Math.hypot(segments[i], segments[i + 1])).toBeCloseTo(1, 2);
});

it('the loss over the plane is that of the training data', () => {
  const data = { trainInputs: Float64Array.of(1, 0, 0, 2), trainTargets: Float64Array.of(1, -1) };
  expect(lossAt({ ...data, loss: 'square' }, 3, 1)).toBe((4 + 9) / 4);
  expect(lossAt({ ...data, loss: 'logistic' }, 0, 0)).toBeCloseTo(Math.log(2));
  expect(lossAt({ ...data, loss: 'logistic' }, 2, -0.5)).toBeCloseTo(
    (Math.log1p(Math.exp(-2)) + Math.log1p(Math.exp(-1))) / 2,
  );
  // Its smallest contour is an ellipse around the least squares solution (1, −1/2).
  const [inner] = lossContours({ ...data, loss: 'square' }, { x: [-1, 3], y: [-2.5, 1.5] });
  const mean = (offset: number) =>
    inner.segments.filter((_, i) => i % 2 === offset).reduce((a, b) => a + b, 0) / (inner.segments.length / 2);
  expect(mean(0)).toBeCloseTo(1, 1);
  expect(mean(1)).toBeCloseTo(-0.5, 1);
});
