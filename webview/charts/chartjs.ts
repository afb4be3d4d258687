/** The only file that configures Chart.js: registration and the look of all charts. */
import {
  Chart,
  type ChartConfiguration,
  type ChartOptions,
  Filler,
  LinearScale,
  LineElement,
  LogarithmicScale,
  type Plugin,
  PointElement,
  type Scale,
  ScatterController,
  Tooltip,
} from 'chart.js';
import { html } from '../dom.ts';
import type { Theme } from '../theme.ts';
import { logTicks } from '../ticks.ts';

Chart.register(ScatterController, LineElement, PointElement, LinearScale, LogarithmicScale, Filler, Tooltip);

export type ScatterChart = Chart<'scatter', { x: number; y: number }[]>;
export type ScatterOptions = ChartOptions<'scatter'>;
export type ScatterData = ScatterChart['data'];
export type ScatterDataset = ScatterData['datasets'][number];
export type ScatterPlugin = Plugin<'scatter'>;

/** A chart for live data: nothing is animated, parsed or sorted. */
export function createScatter(parent: HTMLElement, plugins: ScatterPlugin[] = []): ScatterChart {
  const canvas = html('canvas', { role: 'img', tabindex: 0 });
  parent.append(canvas);
  const configuration: ChartConfiguration<'scatter', { x: number; y: number }[]> = {
    type: 'scatter',
    data: { datasets: [] },
    options: { animation: false, parsing: false, normalized: true, responsive: true, maintainAspectRatio: false },
    plugins,
  };
  return new Chart(canvas, configuration);
}

/** Options common to all charts, from the theme. */
export function themedOptions(theme: Theme): ScatterOptions {
  const { tooltip } = theme;
  const font = { family: theme.font.family, size: theme.font.size };
  return {
    animation: false,
    parsing: false,
    normalized: true,
    responsive: true,
    maintainAspectRatio: false,
    font,
    color: theme.foreground,
    interaction: { mode: 'nearest', intersect: false },
    plugins: {
      tooltip: {
        backgroundColor: tooltip.background,
        titleColor: tooltip.foreground,
        bodyColor: tooltip.foreground,
        borderColor: tooltip.border,
        borderWidth: 1,
        cornerRadius: 3,
        padding: 8,
        boxPadding: 4,
        titleFont: { ...font, weight: 'bold' },
        bodyFont: font,
        usePointStyle: true,
      },
    },
  };
}

/** One axis in the theme's colours. */
export function axis(theme: Theme, title: string, label: (value: number) => string, logarithmic = false) {
  const font = { family: theme.font.family, size: theme.font.size };
  return {
    type: logarithmic ? ('logarithmic' as const) : ('linear' as const),
    title: { display: title !== '', text: title, color: theme.muted, font, padding: 2 },
    border: { color: theme.highContrast ? theme.border : theme.gridLines },
    grid: { color: theme.gridLines, tickLength: 4, display: !theme.highContrast },
    ticks: {
      color: theme.muted,
      font,
      maxRotation: 0,
      autoSkipPadding: 12,
      maxTicksLimit: 7,
      includeBounds: false,
      callback: (value: string | number) => label(Number(value)),
    },
    afterBuildTicks: (scale: Scale) => {
      if (logarithmic) scale.ticks = logTicks(scale.min, scale.max).map((value) => ({ value }));
    },
  };
}
