import type { Cell, Known } from '../../extension/lab/results/index.ts';
import type { GridPlan } from '../../extension/report/grid.ts';
import type { CellStyle } from '../palette.ts';
import type { Preferences } from '../preferences.ts';
import type { Experiment } from '../state.ts';
import type { Theme } from '../theme.ts';
import type { TimeAxis } from '../timeAxis.ts';

/** The input of every chart. */
export interface ChartInput {
  experiment: Experiment;
  grid: GridPlan;
  known: Known;
  /** The visible cells at the chosen point of the sweep. */
  cells: Cell[];
  style(parameterization: string, optimizer: string): CellStyle;
  theme: Theme;
  preferences: Preferences;
  time: TimeAxis;
  /** Earlier runs that are drawn behind these, the latest first: the same cells, as they were. Absent if there are none. */
  pinned?: readonly PinnedInput[];
}

/** A pinned run, as the input of the same charts. */
export interface PinnedInput extends ChartInput {
  /** What it is called: when it ran. */
  name: string;
}
