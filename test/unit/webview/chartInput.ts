import { cellsAt } from '../../../extension/lab/results/index.ts';
import type { GridPlan } from '../../../extension/report/grid.ts';
import type { ExperimentView } from '../../../extension/report/view.ts';
import { visibleCells } from '../../../webview/cells.ts';
import type { ChartInput } from '../../../webview/charts/input.ts';
import { cellStyles, parameterizationColours } from '../../../webview/palette.ts';
import { defaultPreferences, type Preferences } from '../../../webview/preferences.ts';
import { initialState, knownOf, reduce } from '../../../webview/state.ts';
import type { Theme } from '../../../webview/theme.ts';
import { timeAxisOf } from '../../../webview/timeAxis.ts';
import { grid as smallGrid, view as viewOf } from './fixtures.ts';

export const theme: Theme = {
  ...{ background: 'light', highContrast: false, surface: '#ffffff', foreground: '#333333', muted: '#666666' },
  ...{ gridLines: '#eeeeee', border: '#cccccc', font: { family: 'sans-serif', size: 11 } },
  tooltip: { background: '#ffffff', foreground: '#333333', border: '#cccccc' },
  parameterizations: [...parameterizationColours('light')],
};

/** The input of a chart, as the page makes it from what the host sends. */
export function chartInput({
  view = {},
  grid = smallGrid,
  preferences: some = {},
  moment = null,
}: {
  view?: Partial<ExperimentView>;
  grid?: GridPlan;
  preferences?: Partial<Preferences>;
  moment?: number | null;
}): ChartInput {
  const { experiment } = reduce(initialState, { type: 'view', view: viewOf({ grid, ...view }), choices: [] });
  if (!experiment) throw new Error('there is no view');
  const preferences = { ...defaultPreferences, ...some };
  const cells = visibleCells(cellsAt(grid.runs, grid.points, preferences.point), preferences);
  const time = timeAxisOf(grid, experiment, cells, preferences, moment);
  const style = cellStyles(grid, theme.parameterizations);
  return { experiment, grid, known: knownOf(experiment), cells, style, theme, preferences, time };
}
