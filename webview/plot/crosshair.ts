import type { Context, Scales } from './draw.ts';
import type { Area } from './labels.ts';
import { drawPoint } from './points.ts';
import type { ReadValue } from './readings.ts';
import type { PlotSpec } from './spec.ts';

/** Draws a vertical line at a place of the horizontal axis, with a dot on each line that is read there. */
export function drawCrosshair(
  context: Context,
  { theme }: PlotSpec,
  x: number,
  values: readonly ReadValue[],
  scales: Scales,
  area: Area,
): void {
  drawMoment(context, theme.foreground, x, scales, area, [2, 3]);
  const left = scales.x.getPixelForValue(x);
  for (const { value, line } of values) {
    const top = scales.y.getPixelForValue(value);
    if (top < area.top - 3 || top > area.bottom + 3) continue;
    drawPoint(
      context,
      { shape: 'circle', radius: 3.5, fill: line.colour, stroke: theme.surface, strokeWidth: 1.5 },
      left,
      top,
    );
  }
}

/** A vertical line across the plot. */
export function drawMoment(
  context: Context,
  colour: string,
  x: number,
  scales: Scales,
  area: Area,
  dash: readonly number[] = [],
): void {
  const left = Math.round(scales.x.getPixelForValue(x)) + 0.5;
  if (!(left >= area.left - 1 && left <= area.right + 1)) return;
  context.save();
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.setLineDash([...dash]);
  context.beginPath();
  context.moveTo(left, area.top);
  context.lineTo(left, area.bottom);
  context.stroke();
  context.restore();
}
