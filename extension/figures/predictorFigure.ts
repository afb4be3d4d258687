/** Predictors as small pictures: coefficients as bars, matrices as heat maps. */
import { drawSheet, layOut } from '../../webview/charts/pictureSheet.ts';
import { picturesOf, predictorCaption } from '../../webview/charts/predictorPictures.ts';
import { asCanvasContext, RecordingContext } from './context.ts';
import type { Picture, Scene } from './picture.ts';

export function drawPredictors({ input, width, fonts }: Scene): Picture | null {
  const { grid, cells, theme } = input;
  const { predictorShape: shape, observed } = grid.problem;
  if (!shape) return null;
  const contents = picturesOf(input);
  if (contents.pictures.every(({ isTruth }) => isTruth)) return null;
  const measuring = asCanvasContext(new RecordingContext(fonts, { width, height: 0 }), {});
  const optimizers = new Set(cells.map(({ optimizer }) => optimizer)).size;
  const sheet = layOut(measuring, contents, { shape, optimizers, width, room: 0, theme });
  const context = new RecordingContext(fonts, { width, height: sheet.height });
  const isFirst = contents.seed === grid.seeds[0];
  const marked = contents.matrix && observed && isFirst ? new Set(observed) : null;
  drawSheet(asCanvasContext(context, {}), sheet, contents, { shape, theme, observed: marked });
  return { recording: context.recording, legend: null, caption: predictorCaption(input, contents) };
}
