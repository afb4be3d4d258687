import type { Theme } from '../theme.ts';
import type { ScatterChart } from './chartjs.ts';

/** A label of a point. */
export interface PointLabel {
  text: string;
  x: number;
  y: number;
}

/** A placed label in pixels, on the left or right of its point. */
export interface PlacedLabel {
  text: string;
  x: number;
  y: number;
  align: 'left' | 'right';
}

/** Places labels beside their points, within `left…right`, moved down where they would overlap. */
export function placeLabels(
  labels: readonly PointLabel[],
  widthOf: (text: string) => number,
  area: { left: number; right: number; top: number; bottom: number },
  lineHeight: number,
): PlacedLabel[] {
  const placed: (PlacedLabel & { start: number; end: number })[] = [];
  const ordered = [...labels].sort((a, b) => a.y - b.y);
  for (const { text, x, y } of ordered) {
    const width = widthOf(text);
    const align = x + 9 + width <= area.right ? 'left' : 'right';
    const start = align === 'left' ? x + 9 : x - 9 - width;
    const clash = (at: number) =>
      placed.some((one) => Math.abs(one.y - at) < lineHeight && one.start < start + width && start < one.end);
    let row = Math.max(area.top + lineHeight / 2, y);
    while (clash(row)) row += lineHeight / 2;
    row = Math.min(row, area.bottom - lineHeight / 2);
    placed.push({ text, x: align === 'left' ? start : start + width, y: row, align, start, end: start + width });
  }
  return placed.map(({ text, x, y, align }) => ({ text, x, y, align }));
}

/** Draws labels with a halo in the background colour, so that lines do not cross the letters. */
export function drawLabels(chart: ScatterChart, labels: readonly PointLabel[], theme: Theme): void {
  const { ctx, chartArea, scales } = chart;
  ctx.save();
  ctx.font = `${theme.font.size}px ${theme.font.family}`;
  ctx.textBaseline = 'middle';
  const pixels = labels.map(({ text, x, y }) => ({
    text,
    x: scales.x.getPixelForValue(x),
    y: scales.y.getPixelForValue(y),
  }));
  ctx.lineJoin = 'round';
  ctx.lineWidth = 4;
  ctx.strokeStyle = theme.surface;
  ctx.fillStyle = theme.foreground;
  for (const { text, x, y, align } of placeLabels(
    pixels,
    (one) => ctx.measureText(one).width,
    chartArea,
    theme.font.size + 3,
  )) {
    ctx.textAlign = align;
    ctx.strokeText(text, x, y);
    ctx.fillText(text, x, y);
  }
  ctx.restore();
}
