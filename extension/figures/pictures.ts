/** The pictures that figures are made of: what the tiles of the panel draw. */
import type { PlotContents } from '../../webview/charts/contents.ts';
import { curvePlot } from '../../webview/charts/curvePlot.ts';
import { dataPlot } from '../../webview/charts/dataPlot.ts';
import { generalizationPlot } from '../../webview/charts/generalizationPlot.ts';
import { drawMaps, layOutMaps } from '../../webview/charts/heatSheet.ts';
import { marginPlot } from '../../webview/charts/marginPlot.ts';
import { normKindsOf, normPlot, spectrumCellOf } from '../../webview/charts/normPlot.ts';
import { sweepDataOf } from '../../webview/charts/sweepData.ts';
import { sweepPlot } from '../../webview/charts/sweepPlot.ts';
import { trajectoryPlot } from '../../webview/charts/trajectoryPlot.ts';
import { plotConfiguration } from '../../webview/plot/configuration.ts';
import type { FigureName } from '../report/exportRequest.ts';
import { asCanvasContext, RecordingContext } from './context.ts';
import { drawPanel } from './panelFigure.ts';
import type { Kind, Picture, Scene } from './picture.ts';
import { drawPredictors } from './predictorFigure.ts';
import { record } from './record.ts';

/** Key of the quantity that is drawn for one cell at a time. */
const SPECTRUM = 'values';

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

const kinds: Record<FigureName, Kind> = {
  sweep: { title: 'Sweep', isOfSweep: true, draw: drawSweep },
  loss: { title: 'Loss during training', draw: (scene) => curves(scene, 'loss') },
  error: { title: 'Error during training', draw: (scene) => curves(scene, 'error') },
  generalization: {
    title: 'Train and test error',
    draw: (scene) => plot(scene, generalizationPlot(scene.input), rowsHeight(scene.input.cells.length), null),
  },
  trajectories: {
    title: 'Trajectories',
    draw: (scene) => plot(scene, trajectoryPlot(scene.input, null), scene.width * SQUARE, 'paths'),
  },
  predictor: { title: 'Predictors', draw: drawPredictors },
  spectrum: {
    title: 'Singular values during training',
    draw(scene) {
      const kind = normKindsOf(scene.input).find(({ key }) => key === SPECTRUM);
      if (!kind) return null;
      return plot(scene, normPlot(scene.input, kind, spectrumCellOf(scene.input)), scene.width * WIDE, null);
    },
  },
  norms: {
    title: 'Norms during training',
    draw(scene) {
      const known = normKindsOf(scene.input).filter(({ key }) => key !== SPECTRUM);
      const kind = known.find(({ key }) => key === scene.input.preferences.norm) ?? known[0];
      return kind ? plot(scene, normPlot(scene.input, kind, null), scene.width * WIDE, 'paths') : null;
    },
  },
  data: {
    title: 'Data and models',
    draw(scene) {
      const contents = dataPlot(scene.input);
      return contents && plot(scene, contents, scene.width * SQUARE, 'paths');
    },
  },
  margins: {
    title: 'Margins of the training examples',
    draw(scene) {
      if (scene.input.grid.problem.loss !== 'logistic') return null;
      const contents = marginPlot(scene.input);
      return plot(scene, contents, rowsHeight(contents.rows.length), null);
    },
  },
  panel: {
    title: 'Results',
    draw(scene) {
      const { quantity } = scene.input.preferences;
      const shown: FigureName[] = [
        'trajectories',
        'generalization',
        quantity,
        'predictor',
        'spectrum',
        'norms',
        'margins',
        'data',
      ];
      return drawPanel(
        scene,
        shown.map((name) => kinds[name]),
      );
    },
  },
};

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
