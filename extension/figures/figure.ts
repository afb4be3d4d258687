/** Draws a figure of an experiment into a recording: a picture on white paper, below its legend. */
import type { Preferences } from '../../webview/preferences.ts';
import type { ExportedExperiment } from '../export/exported.ts';
import type { FigureName } from '../report/exportRequest.ts';
import { asCanvasContext, RecordingContext } from './context.ts';
import type { Fonts } from './fonts.ts';
import { chartInput } from './input.ts';
import { drawLegend, legendOf } from './legend.ts';
import { kindOf } from './pictures.ts';
import type { Recording } from './recording.ts';
import { shifted } from './shift.ts';
import { printTheme } from './theme.ts';

export interface FigureSize {
  /** Width on paper, in centimetres. */
  centimetres: number;
  /** Size of the letters, in points. */
  points: number;
  /** What a reader of the panel has chosen: what is hidden there stays hidden. */
  preferences?: Partial<Preferences>;
}

/** A figure, and what is to be said of it. */
export interface DrawnFigure {
  recording: Recording;
  /** How to read it. */
  caption: string;
  title: string;
}

/** Pixels of a figure's letters: the charts are made for letters of this size. */
const FONT_PIXELS = 11;
const POINTS_PER_CENTIMETRE = 72 / 2.54;

/**
 * @param point index into the points of a sweep; 0 without one
 * @returns null where there is nothing to draw
 */
export function drawFigure(
  name: FigureName,
  experiment: ExportedExperiment,
  point: number,
  { centimetres, points, preferences }: FigureSize,
  fonts: Fonts,
): DrawnFigure | null {
  const width = (centimetres * POINTS_PER_CENTIMETRE * FONT_PIXELS) / points;
  const input = chartInput(experiment, point, printTheme(fonts.bytes.family, FONT_PIXELS), preferences);
  const picture = kindOf(name).draw({ input, width, fonts });
  if (!picture) return null;
  const { recording, legend, caption } = picture;
  const above = new RecordingContext(fonts, recording);
  const entries = legend ? legendOf(input, legend === 'curves') : [];
  const top = drawLegend(asCanvasContext(above, {}), input, entries, width);
  const height = recording.height + top;
  const paper = new RecordingContext(fonts, { width, height });
  asCanvasContext(paper, {}).fillStyle = input.theme.surface;
  paper.fillRect(0, 0, width, height);
  const drawn = [...paper.recording.drawn, ...above.recording.drawn, ...shifted(recording.drawn, top)];
  return {
    recording: { width, height, drawn },
    caption,
    title: `${kindOf(name).title}: ${experiment.grid.experiment}`,
  };
}
