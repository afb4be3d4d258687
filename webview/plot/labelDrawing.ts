import { translucent } from '../palette.ts';
import type { Context, Scales } from './draw.ts';
import { type Area, mergeLabels, placeLabels } from './labels.ts';
import type { LabelMark } from './marks.ts';
import { Occupied } from './occupied.ts';
import type { PlotSpec } from './spec.ts';

/** Writes the labels of a plot where they cover neither each other nor, if possible, its lines. */
export function drawLabels(context: Context, { marks, theme }: PlotSpec, scales: Scales, area: Area): void {
  const wanted = marks.filter((mark): mark is LabelMark => mark.kind === 'label');
  if (wanted.length === 0) return;
  const anchored = wanted.flatMap((label) => {
    const [x, y] = [scales.x.getPixelForValue(label.x), scales.y.getPixelForValue(label.y)];
    const isInside = x >= area.left - 1 && x <= area.right + 1 && y >= area.top - 1 && y <= area.bottom + 1;
    return isInside ? [{ ...label, x, y }] : [];
  });
  const { size, family } = theme.font;
  context.save();
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  const fontOf = (label: LabelMark) => `${label.strong ? 'bold ' : ''}${size}px ${family}`;
  const widthOf = (label: LabelMark) => {
    context.font = fontOf(label);
    return context.measureText(label.text).width;
  };
  const merged = mergeLabels(anchored, theme.foreground);
  for (const { label, left, middle, width } of placeLabels(
    merged,
    widthOf,
    area,
    size + 4,
    occupiedBy(marks, scales, area),
  )) {
    context.fillStyle = translucent(theme.surface, 0.82);
    context.fillRect(left - 2, middle - size / 2 - 2, width + 4, size + 4);
    context.font = fontOf(label);
    context.fillStyle = label.colour;
    context.fillText(label.text, left, middle);
  }
  context.restore();
}

/** Places that labels should leave free: those of points and lines. */
function occupiedBy(marks: PlotSpec['marks'], scales: Scales, area: Area): Occupied {
  const occupied = new Occupied(area.right + 20, area.bottom + 20);
  for (const mark of marks) {
    if (mark.kind !== 'line' && mark.kind !== 'points') continue;
    let last: { x: number; y: number } | null = null;
    for (let i = 0; i < mark.x.length; i++) {
      const [x, y] = [scales.x.getPixelForValue(mark.x[i]!), scales.y.getPixelForValue(mark.y[i]!)];
      if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
      if (mark.kind === 'line' && last) occupied.addLine(last.x, last.y, x, y);
      else occupied.add(x, y);
      last = { x, y };
    }
  }
  return occupied;
}
