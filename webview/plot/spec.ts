/** The description of a plot: its axes and its marks. */
import type { Theme } from '../theme.ts';
import type { Mark } from './marks.ts';

/** One axis. */
export interface AxisSpec {
  title: string;
  min: number;
  max: number;
  isLog?: boolean;
  /** Texts of the ticks, all written alike; numbers unless given. */
  labels?: (values: readonly number[]) => string[];
  /** Ticks at these places with these texts, instead of round numbers. */
  ticks?: readonly { value: number; label: string }[];
  /** Draws neither axis nor grid lines. */
  isHidden?: boolean;
  /** From the top down. */
  isReversed?: boolean;
}

export interface PlotSpec {
  x: AxisSpec;
  y: AxisSpec;
  marks: readonly Mark[];
  theme: Theme;
  /** Widens one of the axes until both have the same number of pixels per unit. */
  isEqual?: boolean;
  /** Free space beside the axes, in pixels. */
  padding?: { left?: number; right?: number; top?: number; bottom?: number };
  /** Texts in this space: names of rows on the left, numbers on the right. */
  texts?: readonly MarginText[];
}

/** A text in the margin at a height of the vertical axis. */
export interface MarginText {
  side: 'left' | 'right';
  y: number;
  text: string;
  colour: string;
  strong?: boolean;
  /** A second, smaller line below. */
  below?: string;
  /** A line across the whole plot above this row. */
  ruled?: boolean;
}
