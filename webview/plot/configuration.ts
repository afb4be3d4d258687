/** Makes a plot's Chart.js configuration. Nothing here touches a page: it can be drawn into any context. */
import {
  Chart,
  type ChartConfiguration,
  type ChartOptions,
  LinearScale,
  LogarithmicScale,
  type Plugin,
  type Scale,
  ScatterController,
} from 'chart.js';
import { logTicks } from '../ticks.ts';
import { drawMark, type Scales } from './draw.ts';
import { drawLabels } from './labelDrawing.ts';
import { drawTexts, marginsFor } from './margins.ts';
import { equalRanges, type Range } from './ranges.ts';
import type { AxisSpec, PlotSpec } from './spec.ts';
import { linearLabels, logLabels } from './tickLabels.ts';

Chart.register(ScatterController, LinearScale, LogarithmicScale);

export type PlotChart = Chart<'scatter', { x: number; y: number }[]>;
type Configuration = ChartConfiguration<'scatter', { x: number; y: number }[]>;

const PADDING = { left: 2, right: 8, top: 6, bottom: 0 };

/** Axes of plots with equal scales have fixed sizes, so that the scales do not depend on the labels. */
const FIXED = { width: 58, perFont: 3.6 };

/** The configuration of a plot that is drawn once. */
export function plotConfiguration(spec: PlotSpec): Configuration {
  return { type: 'scatter', data: { datasets: [] }, options: optionsOf(spec), plugins: [marksPlugin(() => spec)] };
}

/** The options of a plot; everything else is drawn by {@link marksPlugin}. */
export function optionsOf(spec: PlotSpec): ChartOptions<'scatter'> {
  const { theme, padding = {} } = spec;
  return {
    animation: false,
    parsing: false,
    normalized: true,
    responsive: true,
    maintainAspectRatio: false,
    events: [],
    font: fontOf(spec),
    color: theme.foreground,
    layout: { padding: spec.texts ? ({ chart }) => marginsFor(chart, spec) : { ...PADDING, ...padding } },
    scales: {
      x: { ...axisOptions(spec, 'x'), ...(spec.isEqual ? { afterFit: fixedHeight(spec) } : {}) },
      y: { ...axisOptions(spec, 'y'), ...(spec.isEqual ? { afterFit: fixedWidth } : {}) },
    },
  };
}

const fontOf = ({ theme }: PlotSpec) => ({ family: theme.font.family, size: theme.font.size });
const fixedWidth = (scale: Scale) => {
  scale.width = FIXED.width;
};
const fixedHeight = (spec: PlotSpec) => (scale: Scale) => {
  scale.height = spec.theme.font.size * FIXED.perFont;
};

function axisOptions(spec: PlotSpec, name: 'x' | 'y') {
  const { theme } = spec;
  const axis = spec[name];
  const { title, min, max, isLog = false, isHidden = false, isReversed = false, ticks } = axis;
  const labels = axis.labels ?? (isLog ? logLabels : linearLabels);
  const font = fontOf(spec);
  let texts: string[] = [];
  return {
    type: isLog ? ('logarithmic' as const) : ('linear' as const),
    min: spec.isEqual ? inLayout((chart) => equalized(chart, spec)[name][0]) : min,
    max: spec.isEqual ? inLayout((chart) => equalized(chart, spec)[name][1]) : max,
    display: !isHidden,
    reverse: isReversed,
    title: { display: title !== '', text: title, color: theme.muted, font, padding: 2 },
    border: { color: theme.highContrast ? theme.border : theme.gridLines },
    grid: { color: theme.gridLines, tickLength: 4, display: !theme.highContrast },
    ticks: {
      color: theme.muted,
      font,
      maxRotation: 0,
      autoSkip: !isLog && !ticks,
      autoSkipPadding: 12,
      maxTicksLimit: 7,
      includeBounds: false,
      callback: (_value: string | number, index: number) => texts[index] ?? '',
    },
    afterBuildTicks: (scale: Scale) => {
      if (ticks) scale.ticks = ticks.map(({ value }) => ({ value }));
      else if (isLog)
        scale.ticks = logTicks(scale.min, scale.max, scale.isHorizontal() ? 7 : 6).map((value) => ({ value }));
      texts = ticks ? ticks.map(({ label }) => label) : labels(scale.ticks.map(({ value }) => value));
    },
  };
}

/** An option that is asked for with every layout, since the size of the plot may have changed. The types of Chart.js do not know them. */
function inLayout(of: (chart: Chart) => number): number {
  return (({ chart }: { chart: Chart }) => of(chart)) as unknown as number;
}

/** Draws the marks of a plot. */
export function marksPlugin(current: () => PlotSpec | null): Plugin<'scatter'> {
  return {
    id: 'marks',
    beforeDatasetsDraw(chart) {
      const spec = current();
      const scales = scalesOf(chart);
      if (!spec || !scales) return;
      const { ctx, chartArea } = chart;
      ctx.save();
      ctx.beginPath();
      // Points at the edge are drawn whole.
      const reach = 7;
      ctx.rect(
        chartArea.left - reach,
        chartArea.top - reach,
        chartArea.right - chartArea.left + 2 * reach,
        chartArea.bottom - chartArea.top + 2 * reach,
      );
      ctx.clip();
      for (const mark of spec.marks) drawMark(ctx, mark, scales);
      ctx.restore();
      drawLabels(ctx, spec, scales, chartArea);
      drawTexts(ctx, spec, scales, { left: chartArea.left, right: chartArea.right, width: chart.width });
    },
  };
}

/** The two scales of a chart; null before it is laid out. */
export function scalesOf({ scales: { x, y } }: Pick<Chart, 'scales'>): Scales | null {
  return x && y ? { x, y } : null;
}

/** The ranges with which both axes have equal scales in the space that the axes leave. */
function equalized({ width, height }: { width: number; height: number }, spec: PlotSpec): { x: Range; y: Range } {
  const { padding = {} } = spec;
  const across = width - FIXED.width - (padding.left ?? PADDING.left) - (padding.right ?? PADDING.right);
  const down =
    height - spec.theme.font.size * FIXED.perFont - (padding.top ?? PADDING.top) - (padding.bottom ?? PADDING.bottom);
  const range = ({ min, max }: AxisSpec): Range => [min, max];
  return equalRanges(range(spec.x), range(spec.y), Math.max(40, across), Math.max(40, down));
}
