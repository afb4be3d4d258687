import type { ChartInput } from '../../webview/charts/input.ts';
import type { Fonts } from './fonts.ts';
import type { Recording } from './recording.ts';

/** What a picture is drawn of, and with. */
export interface Scene {
  input: ChartInput;
  /** In pixels. */
  width: number;
  fonts: Fonts;
}

export interface Picture {
  recording: Recording;
  /** What its legend explains: colours and dashes, with train and test for curves; nothing where the picture does. */
  legend: 'curves' | 'paths' | null;
  /** How to read it. */
  caption: string;
}

/** A kind of figure. */
export interface Kind {
  title: string;
  /** Whether it shows all points of a sweep at once. */
  isOfSweep?: boolean;
  /** Null where there is nothing to draw. */
  draw(scene: Scene): Picture | null;
}
