/** What was drawn into a recording context, in pixels of the figure, from which vector files are written. */

/** Commands of a path, as in SVG, with absolute coordinates. */
export type Segment =
  | { op: 'M'; x: number; y: number }
  | { op: 'L'; x: number; y: number }
  | { op: 'C'; x1: number; y1: number; x2: number; y2: number; x: number; y: number }
  | { op: 'Z' };
export type Path = readonly Segment[];

/** Channels from 0 to 255, opacity from 0 to 1. */
export interface Colour {
  red: number;
  green: number;
  blue: number;
  opacity: number;
}

/** An area outside of which nothing is drawn, within another one. */
export interface Clip {
  path: Path;
  within: Clip | null;
}

export interface Stroke {
  colour: Colour;
  width: number;
  /** Lengths of dashes and gaps; empty for a solid line. */
  dash: readonly number[];
  dashOffset: number;
  cap: 'butt' | 'round' | 'square';
  join: 'miter' | 'round' | 'bevel';
}

export interface Font {
  size: number;
  isBold: boolean;
}

export type Drawn = { clip: Clip | null } & (
  | { kind: 'fill'; path: Path; colour: Colour }
  | { kind: 'stroke'; path: Path; stroke: Stroke }
  | {
      kind: 'text';
      text: string;
      /** The point on the baseline at which the text starts, has its middle, or ends. */
      x: number;
      y: number;
      anchor: 'start' | 'middle' | 'end';
      /** Clockwise, in degrees. */
      angle: number;
      font: Font;
      fill: Colour | null;
      stroke: Pick<Stroke, 'colour' | 'width'> | null;
    }
);

export interface Recording {
  width: number;
  height: number;
  drawn: readonly Drawn[];
}
