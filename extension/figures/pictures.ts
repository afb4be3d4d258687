/** The pictures that figures are made of: what the tiles of the panel draw. */
import type { PlotContents } from '../../webview/charts/contents.ts';
import { curvePlot } from '../../webview/charts/curvePlot.ts';
import { generalizationPlot } from '../../webview/charts/generalizationPlot.ts';
import { drawMaps, layOutMaps } from '../../webview/charts/heatSheet.ts';
import type { ChartInput } from '../../webview/charts/input.ts';
import { marginPlot } from '../../webview/charts/marginPlot.ts';
import { sweepDataOf } from '../../webview/charts/sweepData.ts';
import { sweepPlot } from '../../webview/charts/sweepPlot.ts';
import { trajectoryPlot } from '../../webview/charts/trajectoryPlot.ts';
import { plotConfiguration } from '../../webview/plot/configuration.ts';
import { asCanvasContext, RecordingContext } from './context.ts';
import type { Fonts } from './fonts.ts';
import { record } from './record.ts';
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

interface Kind {
  title: string;
  /** Whether it shows all points of a sweep at once. */
  isOfSweep?: boolean;
  /** Null where there is nothing to draw. */
  draw(scene: Scene): Picture | null;
}

/** Heights of plots, as shares of the width, and of rows, in pixels. */
const [WIDE, SQUARE] = [0.66, 0.8];
const [ROW, AXIS] = [34, 48];

const withQuantity = ({ input, ...scene }: Scene, quantity: 'loss' | 'error'): Scene => ({
  ...scene,
  input: { ...input, preferences: { ...input.preferences, quantity } },
});
const curves = (scene: Scene, quantity: 'loss' | 'error') => {
  const drawn = withQuantity(scene, quantity);
  return plot(drawn, curvePlot(drawn.input), scene.width * WIDE, 'curves');
};
const rowsHeight = (rows: number) => AXIS + ROW * rows;

const kinds = {
  sweep: { title: 'Sweep', isOfSweep: true, draw: drawSweep },
  loss: { title: 'Loss during training', draw: (scene) => curves(scene, 'loss') },
  error: { title: 'Error during training', draw: (scene) => curves(scene, 'error') },
  generalization: {
    title: 'Train and test error',
    draw: (scene) => plot(scene, generalizationPlot(scene.input), rowsHeight(scene.input.cells.length), null),
  },
  trajectories: {
    title: 'Trajectories in function space',
    draw: (scene) => plot(scene, trajectoryPlot(scene.input, null), scene.width * SQUARE, 'paths'),
  },
  margins: {
    title: 'Margins of the training examples',
    draw(scene) {
      if (scene.input.grid.problem.loss !== 'logistic') return null;
      const contents = marginPlot(scene.input);
      return plot(scene, contents, rowsHeight(contents.rows.length), null);
    },
  },
} satisfies Record<string, Kind>;

export type FigureName = keyof typeof kinds;
export const figureNames = Object.keys(kinds) as FigureName[];
export const kindOf = (name: FigureName): Kind => kinds[name];

function plot(
  { width, fonts }: Scene,
  { spec, empty, caption, subtitle }: PlotContents,
  height: number,
  legend: Picture['legend'],
): Picture | null {
  if (empty !== null) return null;
  const recording = record(plotConfiguration(spec), { width, height }, fonts);
  return { recording, legend, caption: [subtitle, caption].filter(Boolean).join('. ') };
}

/** Lines over one axis, maps over two or more. */
function drawSweep(scene: Scene): Picture | null {
  const { input, width, fonts } = scene;
  const known = sweepDataOf(input);
  if (!known) return null;
  const data = { ...known, isPrinted: true };
  const lines = sweepPlot(input, data);
  if (!data.placement.up) return plot(scene, lines, width * WIDE, 'paths');
  if (lines.empty !== null) return null;
  const measuring = asCanvasContext(new RecordingContext(fonts, { width, height: 0 }), {});
  const sheet = layOutMaps(measuring, data, { width, theme: input.theme });
  const context = new RecordingContext(fonts, { width, height: sheet.height });
  drawMaps(asCanvasContext(context, {}), sheet, data, input.theme);
  return { recording: context.recording, legend: null, caption: `${data.metric.name} at every point of the sweep` };
}
