import type { CellStyle } from '../palette.ts';
import type { Theme } from '../theme.ts';
import type { Place } from './smallMultiples.ts';

/** Contents of a plot of coefficients. */
export interface Coefficients {
  values: ArrayLike<number>;
  truth: ArrayLike<number> | null;
  /** The value at the upper edge; the lower edge is its negative. */
  scale: number;
}

/** Draws coefficients as bars from zero, and the nonzero entries of the truth as short strokes across them. */
export function drawCoefficients(
  context: CanvasRenderingContext2D,
  { values, truth, scale }: Coefficients,
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
  for (let i = 0; i < values.length; i++) {
    const length = lengthOf(values[i]);
    if (Number.isFinite(length))
      context.fillRect(centre(i) - bar / 2, zero - Math.max(0, length), bar, Math.abs(length));
  }
  context.strokeStyle = theme.highContrast ? theme.border : theme.muted;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(left, Math.round(zero) + 0.5);
  context.lineTo(left + width, Math.round(zero) + 0.5);
  context.stroke();

  if (!truth) return;
  const reach = Math.max(3.5, Math.min(8, step * 0.6));
  const dense = Array.from(truth).filter((value) => value !== 0).length > width / (2 * reach);
  context.strokeStyle = theme.foreground;
  context.lineWidth = dense ? 1 : 2;
  context.beginPath();
  for (let i = 0; i < truth.length; i++) {
    if (truth[i] === 0) continue;
    const y = zero - lengthOf(truth[i]);
    const half = dense ? Math.max(0.5, step / 2) : reach;
    context.moveTo(centre(i) - half, y);
    context.lineTo(centre(i) + half, y);
  }
  context.stroke();
}
