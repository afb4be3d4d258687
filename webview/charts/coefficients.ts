import type { CellStyle } from '../palette.ts';
import type { Theme } from '../theme.ts';
import type { Place } from './smallMultiples.ts';

/** Contents of a plot of coefficients. */
export interface Coefficients {
  values: ArrayLike<number>;
  truth: ArrayLike<number> | null;
  /** Those of pinned runs. */
  earlier: readonly ArrayLike<number>[];
  /** The value at the upper edge; the lower edge is its negative. */
  scale: number;
}

/**
 * Draws coefficients as bars from zero, the nonzero entries of the truth as short strokes across them, and earlier
 * coefficients as grey dots.
 */
export function drawCoefficients(
  context: CanvasRenderingContext2D,
  { values, truth, earlier, scale }: Coefficients,
  { left, top, width, height }: Place,
  { colour }: Pick<CellStyle, 'colour'>,
  theme: Theme,
): void {
  const inset = 4;
  const step = (width - 2 * inset) / values.length;
  const bar = Math.max(1, Math.min(14, step * 0.72));
  const zero = top + height / 2;
  const lengthOf = (value: number) => (Math.max(-1, Math.min(1, value / scale)) * height) / 2;
  const centre = (i: number) => left + inset + (i + 0.5) * step;

  context.fillStyle = colour;
  for (const [i, value] of Array.from(values).entries()) {
    const length = lengthOf(value);
    if (Number.isFinite(length))
      context.fillRect(centre(i) - bar / 2, zero - Math.max(0, length), bar, Math.abs(length));
  }
  context.strokeStyle = theme.highContrast ? theme.border : theme.muted;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(left, Math.round(zero) + 0.5);
  context.lineTo(left + width, Math.round(zero) + 0.5);
  context.stroke();

  context.fillStyle = theme.muted;
  const radius = Math.max(0.75, Math.min(2, step * 0.3));
  for (const [i, value] of earlier.flatMap((one) => [...Array.from(one).entries()])) {
    if (!Number.isFinite(value)) continue;
    context.beginPath();
    context.arc(centre(i), zero - lengthOf(value), radius, 0, 2 * Math.PI);
    context.fill();
  }

  if (!truth) return;
  const reach = Math.max(3.5, Math.min(8, step * 0.6));
  const dense = Array.from(truth).filter((value) => value !== 0).length > width / (2 * reach);
  context.strokeStyle = theme.foreground;
  context.lineWidth = dense ? 1 : 2;
  context.beginPath();
  for (const [i, value] of Array.from(truth).entries()) {
    if (value === 0) continue;
    const y = zero - lengthOf(value);
    const half = dense ? Math.max(0.5, step / 2) : reach;
    context.moveTo(centre(i) - half, y);
    context.lineTo(centre(i) + half, y);
  }
  context.stroke();
}
