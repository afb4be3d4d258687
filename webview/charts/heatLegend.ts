/** The line below heat maps: the names of their axes, and the colour scale with its ends. */
import type { Context } from '../plot/draw.ts';
import type { Theme } from '../theme.ts';
import { metricText } from './metrics.ts';
import type { SweepData } from './sweepData.ts';

/** What colours stand for. */
interface Scale {
  range: readonly [number, number];
  isLog: boolean;
  colour(value: number): readonly number[];
}

/** Where everything is, in pixels. */
interface Sheet {
  maps: readonly { place: { left: number; width: number } }[];
  left: number;
  width: number;
  height: number;
}

/** Pixels of the scale itself, where there is room and at least. */
const [BAR, SHORTEST] = [130, 40];
const [BETWEEN, GAP] = [24, 6];

const namesOf = ({ placement: { across, up } }: SweepData) => `→ ${across.name}${up ? `   ↑ ${up.name}` : ''}`;

function textsOf({ metric }: SweepData, { range, isLog }: Scale): { title: string; low: string; high: string } {
  const [low, high] = range.map((value) => metricText(value, metric)) as [string, string];
  return { title: `${metric.name}${isLog ? ' (log)' : ''}`, low, high };
}

/** The width of everything beside the scale itself. */
function widthOf(context: Context, data: SweepData, scale: Scale): number {
  const { title, low, high } = textsOf(data, scale);
  return [title, low, high].reduce((sum, text) => sum + context.measureText(text).width + GAP, 0) + GAP;
}

/** Whether the scale stands below the names, for lack of room beside them. */
function isBelow(context: Context, data: SweepData, scale: Scale, { left, width }: Pick<Sheet, 'left' | 'width'>) {
  const names = context.measureText(namesOf(data)).width;
  return left + names + BETWEEN + widthOf(context, data, scale) + BAR > width;
}

const lineHeight = ({ font }: Theme) => font.size + 10;

/** In pixels; the font of the context is set. */
export function legendHeight(
  context: Context,
  data: SweepData,
  scale: Scale,
  { theme, ...place }: Pick<Sheet, 'left' | 'width'> & { theme: Theme },
): number {
  return (isBelow(context, data, scale, place) ? 2 : 1) * lineHeight(theme);
}

export function drawLegend(context: Context, sheet: Sheet, data: SweepData, scale: Scale, theme: Theme): void {
  const { maps, left, width, height } = sheet;
  const { size, family } = theme.font;
  const { range, isLog, colour } = scale;
  context.font = `${size}px ${family}`;
  context.textBaseline = 'top';
  context.textAlign = 'left';
  context.fillStyle = theme.muted;
  const names = namesOf(data);
  const isTwo = isBelow(context, data, scale, sheet);
  const top = height - lineHeight(theme);
  context.fillText(names, left, isTwo ? top - lineHeight(theme) : top);
  const texts = widthOf(context, data, scale);
  const bar = isTwo ? Math.max(SHORTEST, Math.min(BAR, width - texts)) : BAR;
  const right = Math.max(left, ...maps.map(({ place }) => place.left + place.width));
  const first = isTwo ? 0 : left + context.measureText(names).width + BETWEEN;
  let x = Math.max(first, Math.min(right, width) - texts - bar);
  const write = (text: string) => {
    context.fillStyle = theme.muted;
    context.fillText(text, x, top);
    x += context.measureText(text).width + GAP;
  };
  const { title, low, high } = textsOf(data, scale);
  write(title);
  write(low);
  for (let i = 0; i < bar; i++) {
    const value = isLog ? range[0] * (range[1] / range[0]) ** (i / bar) : range[0] + ((range[1] - range[0]) * i) / bar;
    context.fillStyle = css(colour(value));
    context.fillRect(x + i, top + 1, Math.min(1.5, bar - i), size);
  }
  x += bar + GAP;
  write(high);
}

export const css = (colour: readonly number[]) => `rgb(${colour.join(', ')})`;
