/** What the charts of the panel need of an exported experiment. */
import { cellsOfPoint, visibleCells } from '../../webview/cells.ts';
import type { ChartInput } from '../../webview/charts/input.ts';
import { cellStyles } from '../../webview/palette.ts';
import { defaultPreferences, type Preferences } from '../../webview/preferences.ts';
import { type Experiment, knownOf } from '../../webview/state.ts';
import type { Theme } from '../../webview/theme.ts';
import { timeAxisOf } from '../../webview/timeAxis.ts';
import type { ExportedExperiment } from '../export/exported.ts';

/**
 * @param point index into the points of a sweep; 0 without one
 * @param chosen what a reader of the panel has chosen: what is hidden there stays hidden
 */
export function chartInput(
  { file, grid, results }: ExportedExperiment,
  point: number,
  theme: Theme,
  chosen: Partial<Preferences> = {},
): ChartInput {
  const experiment: Experiment = {
    ...results,
    ...{ file, experiment: grid.experiment, grid, status: 'finished', failure: null },
    ...{ seconds: null, finishedAt: null, stale: false },
    samples: new Map(results.samples.map((curve) => [curve.run, curve])),
    runs: new Map(results.runs.map((run) => [run.id, run])),
  };
  const preferences = { ...defaultPreferences, ...chosen, point };
  const cells = visibleCells(cellsOfPoint(grid.runs, grid.points, point), preferences);
  return {
    ...{ experiment, grid, cells, theme, preferences },
    known: knownOf(experiment),
    style: cellStyles(grid, theme.parameterizations),
    time: timeAxisOf(grid, experiment, cells, preferences, null),
  };
}
