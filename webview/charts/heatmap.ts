import type { Theme } from '../theme.ts';
import { divergingColour } from './diverging.ts';
import type { Place } from './smallMultiples.ts';

/** Contents of a heat map. */
export interface Matrix {
  values: ArrayLike<number>;
  rows: number;
  columns: number;
  /** The value at the end of the colour scale. */
  scale: number;
  /** Row-major indices of the observed entries. */
  observed: ReadonlySet<number> | null;
}

/** Draws a matrix, one rectangle per entry; observed entries are marked with a dot. */
export function drawHeatmap(context: CanvasRenderingContext2D, matrix: Matrix, place: Place, theme: Theme): void {
  const { values, rows, columns, scale, observed } = matrix;
  const { left, top, width, height } = place;
  const cellWidth = width / columns;
  const cellHeight = height / rows;
  const edge = (start: number, size: number, index: number) => Math.round(start + size * index);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const value = values[i * columns + j];
      const x = edge(left, cellWidth, j);
      const y = edge(top, cellHeight, i);
      if (Number.isFinite(value)) {
        const [red, green, blue] = divergingColour(value / scale, theme.background);
        context.fillStyle = `rgb(${red}, ${green}, ${blue})`;
        context.fillRect(x, y, edge(left, cellWidth, j + 1) - x, edge(top, cellHeight, i + 1) - y);
      }
    }
  }
  if (observed && Math.min(cellWidth, cellHeight) >= 4.5) {
    const radius = Math.max(0.8, Math.min(cellWidth, cellHeight) * 0.13);
    for (const index of observed) {
      const value = Math.abs(values[index]) / scale;
      const bright = theme.background === 'light' ? value > 0.45 : value < 0.75;
      context.fillStyle = bright ? 'rgba(255, 255, 255, 0.85)' : 'rgba(0, 0, 0, 0.65)';
      context.beginPath();
      context.arc(
        left + ((index % columns) + 0.5) * cellWidth,
        top + (Math.floor(index / columns) + 0.5) * cellHeight,
        radius,
        0,
        2 * Math.PI,
      );
      context.fill();
    }
  }
  context.strokeStyle = theme.border;
  context.lineWidth = 1;
  context.strokeRect(Math.round(left) - 0.5, Math.round(top) - 0.5, Math.round(width) + 1, Math.round(height) + 1);
}

/** Draws the colour scale: a gradient with its ends and zero labelled. */
export function drawScale(
  context: CanvasRenderingContext2D,
  place: Place,
  label: (value: number) => string,
  scale: number,
  theme: Theme,
): void {
  const { left, top, width, height } = place;
  for (let x = 0; x < width; x++) {
    const [red, green, blue] = divergingColour((x / width) * 2 - 1, theme.background);
    context.fillStyle = `rgb(${red}, ${green}, ${blue})`;
    context.fillRect(left + x, top, 1.5, height);
  }
  context.strokeStyle = theme.border;
  context.strokeRect(left - 0.5, top - 0.5, width + 1, height + 1);
  context.font = `${theme.font.size}px ${theme.font.family}`;
  context.fillStyle = theme.muted;
  context.textBaseline = 'top';
  const texts: [CanvasTextAlign, number, number][] = [
    ['left', left, -scale],
    ['center', left + width / 2, 0],
    ['right', left + width, scale],
  ];
  for (const [align, x, value] of texts) {
    context.textAlign = align;
    context.fillText(label(value), x, top + height + 3);
  }
}
