/** What a plot shows: data with a look. The drawing code is in `draw.ts`; nothing here knows of a page. */
import type { Marker } from '../palette.ts';

/** What a mark belongs to, so that it can be lit up together with all others of its cell. */
export interface OfCell {
  /** The cell's key; absent for what belongs to no cell, such as theory. */
  cell?: string;
}

/** A line through points, in ascending or any order; it is interrupted where a coordinate is not finite. */
export interface LineMark extends OfCell {
  kind: 'line';
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  colour: string;
  width: number;
  dash?: readonly number[];
  dashOffset?: number;
  /** From 0 to 1; opaque if absent. */
  opacity?: number;
  /** Draws arrow heads along the line that say which way it goes. */
  arrows?: boolean;
  /** How the line is read at an abscissa; a line without a reading is not read. */
  reading?: Reading;
}

/** How a value of a line is told. */
export interface Reading {
  /** For example `w = θ · GD, test`. */
  name: string;
  text(value: number): string;
  /** For a mean over several seeds: the band around it. */
  low?: ArrayLike<number>;
  high?: ArrayLike<number>;
}

/** The area between two curves. */
export interface BandMark extends OfCell {
  kind: 'band';
  x: ArrayLike<number>;
  low: ArrayLike<number>;
  high: ArrayLike<number>;
  colour: string;
}

/** The shapes of points: markers, crosses, and vertical strokes. */
export type PointShape = Marker | 'stroke';

/** Points of one look. */
export interface PointsMark extends OfCell {
  kind: 'points';
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  shape: PointShape;
  /** In pixels. */
  radius: number;
  fill: string;
  stroke?: string;
  strokeWidth?: number;
}

/** A rectangle between two places of each axis, or of a fixed height in pixels around `y`. */
export interface BoxMark extends OfCell {
  kind: 'box';
  x: readonly [number, number];
  y: readonly [number, number];
  /** Instead of the extent in y: a height in pixels. */
  height?: number;
  fill: string;
  stroke?: string;
  strokeWidth?: number;
  dash?: readonly number[];
}

/** Closed or open curves at one level, as pairs of places. */
export interface SegmentsMark extends OfCell {
  kind: 'segments';
  /** x₁, y₁, x₂, y₂ of each segment. */
  places: ArrayLike<number>;
  colour: string;
  width: number;
}

/** A text beside a place, moved where it would cover others. */
export interface LabelMark extends OfCell {
  kind: 'label';
  x: number;
  y: number;
  text: string;
  colour: string;
  /** In bold. */
  strong?: boolean;
  /** Where the same text stands close by several times, it is written once, with its number. */
  isCounted?: boolean;
  /** Whether it is shown even where it covers something. */
  isNeeded?: boolean;
}

export type Mark = LineMark | BandMark | PointsMark | BoxMark | SegmentsMark | LabelMark;
