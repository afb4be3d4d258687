import type { OptimizerSummary } from '../extension/report/grid.ts';

/** The background of the charts. */
export type Background = 'light' | 'dark';

/**
 * Eight hues in the same order for both backgrounds, so that a parameterization keeps its hue when the theme changes.
 * Each has a contrast of at least 3:1, and all are distinguishable with red–green colour blindness.
 */
const colours: Record<Background, readonly string[]> = {
  light: ['#0A76DC', '#BA5F00', '#1F8A66', '#74297A', '#664600', '#2A3BDB', '#DE0A50', '#857A90'],
  dark: ['#2F97FF', '#F2641A', '#4EE69A', '#C272A4', '#F7CE38', '#D8B9FF', '#E05566', '#CBD6DE'],
};

/** The colours of the parameterizations, by their order in the experiment. */
export function parameterizationColours(background: Background): readonly string[] {
  return colours[background];
}

/** Marker shapes, also by parameterization: a second cue besides colour. */
const markers = ['circle', 'rect', 'triangle', 'rectRot', 'star', 'crossRot'] as const;
export type Marker = (typeof markers)[number];

const solid: readonly number[] = [];
const longDash: readonly number[] = [11, 7];
const otherDashes: readonly (readonly number[])[] = [
  [2, 3],
  [11, 4, 2, 4],
  [5, 4],
  [11, 4, 2, 3, 2, 4],
  [1, 5],
  [7, 2],
];
const preferred: Record<OptimizerSummary['family'], readonly number[] | null> = {
  gradient: solid,
  'natural gradient': longDash,
  other: null,
};

/** The line style of each optimizer: solid for gradient descent, long dashes for natural gradients, others distinct. */
export function optimizerDashes(optimizers: readonly OptimizerSummary[]): Map<string, readonly number[]> {
  const dashes = new Map<string, readonly number[]>();
  const used = new Set<readonly number[]>();
  for (const { name, family } of optimizers) {
    const wanted = preferred[family];
    if (!wanted || used.has(wanted)) continue;
    dashes.set(name, wanted);
    used.add(wanted);
  }
  let next = 0;
  for (const { name } of optimizers) {
    if (!dashes.has(name)) dashes.set(name, otherDashes[next++ % otherDashes.length]);
  }
  return dashes;
}

/** How a cell is drawn in every chart. */
export interface CellStyle {
  colour: string;
  dash: readonly number[];
  /** Offset of the dashes of each parameterization, so that coinciding paths show as alternating colours. */
  dashOffset: number;
  marker: Marker;
}

/** The styles of all cells. They depend only on the order of the definition, not on what is finished or visible. */
export function cellStyles(
  grid: { parameterizations: readonly string[]; optimizers: readonly OptimizerSummary[] },
  palette: readonly string[],
): (parameterization: string, optimizer: string) => CellStyle {
  const dashes = optimizerDashes(grid.optimizers);
  const total = Math.max(1, grid.parameterizations.length);
  return (parameterization, optimizer) => {
    const index = Math.max(0, grid.parameterizations.indexOf(parameterization));
    const dash = dashes.get(optimizer) ?? solid;
    return {
      colour: palette[index % palette.length],
      dash,
      // The first is drawn on top; each further one reaches a bit further into its gap.
      dashOffset: dash.length && total > 1 ? -(dash[dash.length - 1] * (index % total)) / (total - 1) : 0,
      marker: markers[index % markers.length],
    };
  };
}

/** The same colour with the given opacity, from `#rgb`, `#rrggbb`, `#rrggbbaa` or `rgb(…)`. */
export function translucent(colour: string, opacity: number): string {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(colour);
  const long = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})/i.exec(colour);
  const channels = short ? short.slice(1).map((digit) => digit + digit) : long?.slice(1);
  if (channels) return `rgba(${channels.map((channel) => Number.parseInt(channel, 16)).join(', ')}, ${opacity})`;
  const numbers = /^rgba?\(([^)]*)\)$/i
    .exec(colour)?.[1]
    .split(/[\s,/]+/)
    .slice(0, 3);
  return numbers ? `rgba(${numbers.join(', ')}, ${opacity})` : colour;
}
