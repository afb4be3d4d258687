import { type Cell, cellsAt } from '../extension/lab/results/index.ts';
import type { RunIdentity, SweepPoint } from '../extension/lab/results.ts';
import { shownName } from '../extension/report/shownName.ts';
import type { Preferences } from './preferences.ts';

/** The cells shown according to the legend. */
export function visibleCells(cells: readonly Cell[], preferences: Preferences): Cell[] {
  const [parameterizations, optimizers] = [
    new Set(preferences.hiddenParameterizations),
    new Set(preferences.hiddenOptimizers),
  ];
  return cells.filter((cell) => !parameterizations.has(cell.parameterization) && !optimizers.has(cell.optimizer));
}

/** What identifies a parameterization under an optimizer. */
export type CellName = Pick<Cell, 'parameterization' | 'optimizer'>;

/** A key that is the same for a cell at every point of a sweep. */
export const cellKey = ({ parameterization, optimizer }: CellName): string =>
  JSON.stringify([parameterization, optimizer]);

/** A cell's name as it is shown: `w = θ · GD`. */
export const cellName = ({ parameterization, optimizer }: CellName): string =>
  `${shownName(parameterization)} · ${shownName(optimizer)}`;

let last: { runs: readonly RunIdentity[]; index: number; cells: Cell[] } | null = null;

/** The cells at one of several sweep points. A grid stays the same while its results come in. */
export function cellsOfPoint(runs: readonly RunIdentity[], points: readonly SweepPoint[], index: number): Cell[] {
  if (last?.runs !== runs || last.index !== index) last = { runs, index, cells: cellsAt(runs, points, index) };
  return last.cells;
}
