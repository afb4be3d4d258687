import { shorten } from '../charts/shorten.ts';
import type { Context, Scales } from './draw.ts';
import type { MarginText, PlotSpec } from './spec.ts';

/** Writes the texts beside the axes: names of rows on the left, numbers on the right. */
export function drawTexts(
  context: Context,
  { texts = [], theme }: PlotSpec,
  scales: Scales,
  area: { left: number; right: number; width: number },
): void {
  if (texts.length === 0) return;
  const { size, family } = theme.font;
  context.save();
  context.textBaseline = 'middle';
  for (const { side, y, text, colour, strong, below, ruled } of texts) {
    const middle = scales.y.getPixelForValue(y);
    if (ruled) {
      const edge = Math.round(scales.y.getPixelForValue(y - 0.5)) + 0.5;
      context.strokeStyle = theme.gridLines;
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(4, edge);
      context.lineTo(area.width - 4, edge);
      context.stroke();
    }
    const x = side === 'left' ? area.left - 8 : area.right + 10;
    const room = (side === 'left' ? area.left : area.width - area.right) - 12;
    context.textAlign = side === 'left' ? 'right' : 'left';
    const write = (words: string, shift: number, weight: string, fill: string, points: number) => {
      context.font = `${weight}${points}px ${family}`;
      context.fillStyle = fill;
      context.fillText(
        shorten(words, room, (one) => context.measureText(one).width),
        x,
        middle + shift,
      );
    };
    write(text, below ? -size * 0.62 : 0, strong ? 'bold ' : '', colour, side === 'left' ? size : size + 1);
    if (below) write(below, size * 0.62, '', theme.muted, side === 'left' ? size : size - 1);
  }
  context.restore();
}

/** Widths that were measured before, by font and text. */
const widths = new Map<string, number>();
const MOST_WIDTHS = 4000;

function widthOf(context: Context, text: string, font: string): number {
  const key = `${font}|${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  context.font = font;
  const { width } = context.measureText(text);
  if (widths.size >= MOST_WIDTHS) widths.clear();
  widths.set(key, width);
  return width;
}

/** Room for the texts beside the axes: as much as they need, but most of the plot for what is drawn. */
export function marginsFor(
  { ctx, width }: { ctx: Context; width: number },
  { texts = [], theme, padding = {} }: PlotSpec,
): { left: number; right: number; top: number; bottom: number } {
  const { size, family } = theme.font;
  const widest = (side: MarginText['side']) => {
    let most = 0;
    for (const one of texts.filter((text) => text.side === side)) {
      const font = `${one.strong ? 'bold ' : ''}${side === 'left' ? size : size + 1}px ${family}`;
      most = Math.max(most, widthOf(ctx, one.text, font));
      if (one.below) most = Math.max(most, widthOf(ctx, one.below, `${size}px ${family}`));
    }
    return most;
  };
  ctx.save();
  const margins = {
    top: padding.top ?? 4,
    bottom: padding.bottom ?? 0,
    left: Math.min(widest('left') + 16, Math.max(80, width * 0.34)),
    right: Math.min(Math.max(24, widest('right') + 16), Math.max(80, width * 0.3)),
  };
  ctx.restore();
  return margins;
}
