import { expect, it } from 'vitest';
import { asCanvasContext, RecordingContext } from '../../../../extension/figures/context.ts';
import { Fonts } from '../../../../extension/figures/fonts.ts';
import { printTheme } from '../../../../extension/figures/theme.ts';
import { drawLegend, legendHeight } from '../../../../webview/charts/heatLegend.ts';
import type { SweepData } from '../../../../webview/charts/sweepData.ts';
import { resources } from '../../figures/resources.ts';

const fonts = new Fonts(resources.fonts);
const theme = printTheme('DejaVu Sans', 11);
const axis = (name: string) => ({ name, values: [1, 2], isGeometric: false });
const data = {
  placement: { across: axis('scale'), up: axis('dimension'), rows: null },
  metric: { name: 'test error rate', unit: 'share' },
} as unknown as SweepData;
const scale = { range: [0.05, 0.29] as const, isLog: false, colour: () => [1, 2, 3] };

it.each([160, 250, 330, 480, 900])('the colour scale stays within %d pixels, with both of its ends', (width) => {
  const recorder = new RecordingContext(fonts, { width, height: 100 });
  const context = asCanvasContext(recorder, {});
  context.font = '11px x';
  const left = 60;
  const height = legendHeight(context, data, scale, { left, width, theme });
  const maps = [{ place: { left, width: width - left } }];
  drawLegend(context, { maps, left, width, height }, data, scale, theme);
  const texts = recorder.recording.drawn.flatMap((one) => (one.kind === 'text' ? [one] : []));
  expect(texts.map(({ text }) => text)).toEqual([
    '→ scale   ↑ dimension',
    'test error rate',
    expect.stringMatching(/^5\s%$/),
    expect.stringMatching(/^29\s%$/),
  ]);
  for (const { text, x, y, font } of texts.slice(1)) {
    expect(x).toBeGreaterThanOrEqual(0);
    if (width >= 250) expect(x + fonts.widthOf(text, font)).toBeLessThanOrEqual(width);
    expect(y).toBeLessThanOrEqual(height);
  }
  // Where it stands beside the names, it does not cover them.
  const [names, title] = texts;
  if (names!.y === title!.y) expect(title!.x).toBeGreaterThan(names!.x + fonts.widthOf(names!.text, names!.font));
});
