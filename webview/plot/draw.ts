/** Draws marks into a two-dimensional context: that of a canvas, or one that records. */
import type { Scale } from 'chart.js';
import { translucent } from '../palette.ts';
import { arrowPlaces } from './arrows.ts';
import type { BandMark, BoxMark, LineMark, Mark, PointsMark, SegmentsMark } from './marks.ts';
import { drawPoint } from './points.ts';

export type Context = CanvasRenderingContext2D;

/** Both scales of a plot. */
export interface Scales {
  x: Scale;
  y: Scale;
}

/** Draws everything but labels, which are placed when all else is known. */
export function drawMark(context: Context, mark: Mark, scales: Scales): void {
  switch (mark.kind) {
    case 'line':
      drawLine(context, mark, scales);
      break;
    case 'band':
      drawBand(context, mark, scales);
      break;
    case 'points':
      drawPoints(context, mark, scales);
      break;
    case 'box':
      drawBox(context, mark, scales);
      break;
    case 'segments':
      drawSegments(context, mark, scales);
      break;
    case 'label':
      break;
  }
}

/** Pixels beyond which nothing is drawn: canvases lose lines that end at 1e300. */
const FAR = 1e5;
const pixel = (scale: Scale, value: number) => Math.max(-FAR, Math.min(FAR, scale.getPixelForValue(value)));

function drawLine(context: Context, mark: LineMark, { x: xs, y: ys }: Scales): void {
  const { x, y, colour, width, dash = [], dashOffset = 0, opacity = 1 } = mark;
  context.strokeStyle = opacity < 1 ? translucent(colour, opacity) : colour;
  context.lineWidth = width;
  context.lineJoin = 'round';
  context.setLineDash([...dash]);
  context.lineDashOffset = dashOffset;
  context.beginPath();
  let isDown = false;
  const places: number[] = [];
  for (let i = 0; i < x.length; i++) {
    const [left, top] = [pixel(xs, x[i]!), pixel(ys, y[i]!)];
    if (!Number.isFinite(left) || !Number.isFinite(top)) {
      isDown = false;
      continue;
    }
    if (isDown) context.lineTo(left, top);
    else context.moveTo(left, top);
    isDown = true;
    if (mark.arrows) places.push(left, top);
  }
  context.stroke();
  context.setLineDash([]);
  if (!mark.arrows) return;
  context.fillStyle = context.strokeStyle;
  for (const { x: tipX, y: tipY, angle } of arrowPlaces(places)) {
    const size = 2.5 + 1.5 * width;
    const at = (turn: number, length: number) =>
      [tipX + length * Math.cos(angle + turn), tipY + length * Math.sin(angle + turn)] as const;
    context.beginPath();
    context.moveTo(...at(0, size * 0.6));
    context.lineTo(...at(2.5, size));
    context.lineTo(...at(-2.5, size));
    context.closePath();
    context.fill();
  }
}

function drawBand(context: Context, { x, low, high, colour }: BandMark, { x: xs, y: ys }: Scales): void {
  if (x.length < 2) return;
  context.fillStyle = colour;
  context.beginPath();
  for (let i = 0; i < x.length; i++) context.lineTo(pixel(xs, x[i]!), pixel(ys, high[i]!));
  for (let i = x.length - 1; i >= 0; i--) context.lineTo(pixel(xs, x[i]!), pixel(ys, low[i]!));
  context.closePath();
  context.fill();
}

function drawPoints(context: Context, mark: PointsMark, { x: xs, y: ys }: Scales): void {
  for (let i = 0; i < mark.x.length; i++) {
    const [left, top] = [xs.getPixelForValue(mark.x[i]!), ys.getPixelForValue(mark.y[i]!)];
    if (Number.isFinite(left) && Number.isFinite(top)) drawPoint(context, mark, left, top);
  }
}

function drawBox(context: Context, mark: BoxMark, { x: xs, y: ys }: Scales): void {
  const [left, right] = [pixel(xs, mark.x[0]), pixel(xs, mark.x[1])].sort((a, b) => a - b) as [number, number];
  const [first, second] = [pixel(ys, mark.y[0]), pixel(ys, mark.y[1])];
  const middle = (first + second) / 2;
  const height = mark.height ?? Math.abs(second - first);
  context.fillStyle = mark.fill;
  context.fillRect(left, middle - height / 2, right - left, height);
  if (!mark.stroke) return;
  context.strokeStyle = mark.stroke;
  context.lineWidth = mark.strokeWidth ?? 1;
  context.setLineDash([...(mark.dash ?? [])]);
  context.lineDashOffset = 0;
  context.strokeRect(left, middle - height / 2, right - left, height);
  context.setLineDash([]);
}

function drawSegments(context: Context, { places, colour, width }: SegmentsMark, { x: xs, y: ys }: Scales): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  for (let i = 0; i + 3 < places.length; i += 4) {
    context.moveTo(pixel(xs, places[i]!), pixel(ys, places[i + 1]!));
    context.lineTo(pixel(xs, places[i + 2]!), pixel(ys, places[i + 3]!));
  }
  context.stroke();
}
