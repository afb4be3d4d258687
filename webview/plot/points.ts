import type { PointShape } from './marks.ts';

/** The look of a point. */
export interface PointLook {
  shape: PointShape;
  radius: number;
  fill: string;
  stroke?: string;
  strokeWidth?: number;
}

const corners: Partial<Record<PointShape, readonly (readonly [number, number])[]>> = {
  rect: [
    [-0.82, -0.82],
    [0.82, -0.82],
    [0.82, 0.82],
    [-0.82, 0.82],
  ],
  triangle: [
    [0, -1],
    [0.95, 0.72],
    [-0.95, 0.72],
  ],
  rectRot: [
    [0, -1.1],
    [1.1, 0],
    [0, 1.1],
    [-1.1, 0],
  ],
};

/** The strokes of shapes without an inside, each from one end to the other. */
const strokes: Partial<Record<PointShape, readonly (readonly [number, number, number, number])[]>> = {
  crossRot: [
    [-0.8, -0.8, 0.8, 0.8],
    [-0.8, 0.8, 0.8, -0.8],
  ],
  star: [
    [-1, 0, 1, 0],
    [0, -1, 0, 1],
    [-0.7, -0.7, 0.7, 0.7],
    [-0.7, 0.7, 0.7, -0.7],
  ],
  stroke: [[0, -1, 0, 1]],
};

/** Draws one point at a place in pixels. */
export function drawPoint(
  context: CanvasRenderingContext2D,
  { shape, radius, fill, stroke, strokeWidth = 1 }: PointLook,
  x: number,
  y: number,
): void {
  const lines = strokes[shape];
  context.beginPath();
  if (lines) {
    context.strokeStyle = fill;
    context.lineWidth = Math.max(1.5, strokeWidth);
    for (const [x0, y0, x1, y1] of lines) {
      context.moveTo(x + radius * x0, y + radius * y0);
      context.lineTo(x + radius * x1, y + radius * y1);
    }
    context.stroke();
    return;
  }
  const outline = corners[shape];
  if (outline) for (const [dx, dy] of outline) context.lineTo(x + radius * dx, y + radius * dy);
  else context.arc(x, y, radius, 0, 2 * Math.PI);
  context.closePath();
  context.fillStyle = fill;
  context.fill();
  if (!stroke || strokeWidth === 0) return;
  context.strokeStyle = stroke;
  context.lineWidth = strokeWidth;
  context.stroke();
}
