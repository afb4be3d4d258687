/** Draws the legend of a figure: colours of parameterizations, dashes of optimizers, train and test. */
import type { ChartInput } from '../../webview/charts/input.ts';
import { optimizerDashes } from '../../webview/palette.ts';
import { shownName } from '../report/shownName.ts';

interface Entry {
  text: string;
  colour: string;
  width: number;
  dash: readonly number[];
  /** With a ring in the middle of the line. */
  isMarked?: boolean;
}

/** Long enough for two long dashes. */
const SAMPLE = 29;
const GAP = 6;
const BETWEEN = 16;

/**
 * Draws it from the top left.
 * @returns its height
 */
export function drawLegend(
  context: CanvasRenderingContext2D,
  input: ChartInput,
  entries: Entry[],
  width: number,
): number {
  const { size, family } = input.theme.font;
  const height = size * 1.5;
  let [x, row] = [2, 0];
  context.font = `${size}px ${family}`;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  for (const { text, colour, width: lineWidth, dash, isMarked } of entries) {
    const needed = SAMPLE + GAP + context.measureText(text).width;
    if (x > 2 && x + needed > width) [x, row] = [2, row + 1];
    const y = (row + 0.5) * height;
    context.strokeStyle = colour;
    context.lineWidth = lineWidth;
    context.setLineDash(dash);
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + SAMPLE, y);
    context.stroke();
    context.setLineDash([]);
    if (isMarked) drawRing(context, x + SAMPLE / 2, y, input.theme.surface);
    context.fillStyle = input.theme.foreground;
    context.fillText(text, x + SAMPLE + GAP, y);
    x += needed + BETWEEN;
  }
  return entries.length > 0 ? (row + 1) * height + 4 : 0;
}

function drawRing(context: CanvasRenderingContext2D, x: number, y: number, fill: string): void {
  context.beginPath();
  context.arc(x, y, 3, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  context.lineWidth = 1.25;
  context.stroke();
}

/** The entries of what is drawn. @param isCurve whether train and test are told apart by the weight of lines */
export function legendOf({ grid, theme, style, cells }: ChartInput, isCurve: boolean): Entry[] {
  const drawn = new Set(cells.map(({ parameterization }) => parameterization));
  const dashes = optimizerDashes(grid.optimizers);
  const { foreground } = theme;
  return [
    ...grid.parameterizations
      .filter((name) => drawn.has(name))
      .map((name) => ({ text: shownName(name), colour: style(name, '').colour, width: 2.5, dash: [] })),
    ...grid.optimizers
      .filter(({ name }) => cells.some(({ optimizer }) => optimizer === name))
      .map(({ name }) => ({
        ...{ text: shownName(name), colour: foreground, width: 1.75 },
        dash: dashes.get(name) ?? [],
      })),
    ...(isCurve && grid.problem.test > 0
      ? [
          { text: 'train', colour: foreground, width: 2.5, dash: [] },
          { text: 'test', colour: foreground, width: 1.25, dash: [], isMarked: true },
        ]
      : []),
  ];
}
