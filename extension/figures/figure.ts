/** Draws the figures of an experiment, each into a recording. */
import type { PlotContents } from '../../webview/charts/contents.ts';
import { curvePlot } from '../../webview/charts/curvePlot.ts';
import { generalizationPlot } from '../../webview/charts/generalizationPlot.ts';
import type { ChartInput } from '../../webview/charts/input.ts';
import { trajectoryPlot } from '../../webview/charts/trajectoryPlot.ts';
import { plotConfiguration } from '../../webview/plot/configuration.ts';
import type { ExportedExperiment } from '../export/exported.ts';
import { asCanvasContext, RecordingContext } from './context.ts';
import type { Fonts } from './fonts.ts';
import { chartInput } from './input.ts';
import { drawLegend, legendOf } from './legend.ts';
import { record } from './record.ts';
import type { Recording } from './recording.ts';
import { shifted } from './shift.ts';
import { printTheme } from './theme.ts';

/** A figure that is to be drawn. */
export interface FigureSize {
  /** Width on paper, in centimetres. */
  centimetres: number;
  /** Size of the letters, in points. */
  points: number;
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

interface FigureKind {
  quantity: 'loss' | 'error';
  title: string;
  legend: 'curves' | 'paths' | null;
  contents(input: ChartInput): PlotContents;
  /** Height in pixels. */
  height(width: number, input: ChartInput): number;
}

const kinds = {
  loss: {
    ...{ quantity: 'loss', title: 'Loss during training', legend: 'curves', contents: curvePlot },
    height: (width) => width * 0.66,
  },
  error: {
    ...{ quantity: 'error', title: 'Error during training', legend: 'curves', contents: curvePlot },
    height: (width) => width * 0.66,
  },
  generalization: {
    ...{ quantity: 'loss', title: 'Train and test error', legend: null, contents: generalizationPlot },
    height: (_, { cells }) => 48 + 34 * cells.length,
  },
  trajectories: {
    ...{ quantity: 'loss', title: 'Trajectories in function space', legend: 'paths' },
    contents: (input) => trajectoryPlot(input, null),
    height: (width) => width * 0.8,
  },
} satisfies Record<string, FigureKind>;

export type FigureName = keyof typeof kinds;
export const figureNames = Object.keys(kinds) as FigureName[];

/**
 * @param point index into the points of a sweep; 0 without one
 * @returns null where there is nothing to draw
 */
export function drawFigure(
  name: FigureName,
  experiment: ExportedExperiment,
  point: number,
  { centimetres, points }: FigureSize,
  fonts: Fonts,
): DrawnFigure | null {
  const kind: FigureKind = kinds[name];
  const width = (centimetres * POINTS_PER_CENTIMETRE * FONT_PIXELS) / points;
  const input = chartInput(experiment, point, printTheme(fonts.bytes.family, FONT_PIXELS), kind.quantity);
  const { spec, empty, caption, subtitle } = kind.contents(input);
  if (empty !== null) return null;
  const height = kind.height(width, input);
  const chart = record(plotConfiguration(spec), { width, height }, fonts);
  const above = new RecordingContext(fonts, { width, height });
  const entries = kind.legend ? legendOf(input, kind.legend === 'curves') : [];
  const top = drawLegend(asCanvasContext(above, {}), input, entries, width);
  const paper = new RecordingContext(fonts, { width, height });
  asCanvasContext(paper, {}).fillStyle = input.theme.surface;
  paper.fillRect(0, 0, width, height + top);
  const drawn = [...paper.recording.drawn, ...above.recording.drawn, ...shifted(chart.drawn, top)];
  return {
    recording: { width, height: height + top, drawn },
    caption: [subtitle, caption].filter(Boolean).join('. '),
    title: `${kind.title}: ${experiment.grid.experiment}`,
  };
}
