import type { Cell } from '../extension/lab/results/index.ts';
import type { Preferences } from './preferences.ts';

/** The cells shown according to the legend. */
export function visibleCells(cells: readonly Cell[], preferences: Preferences): Cell[] {
  return cells.filter(
    (cell) =>
      !preferences.hiddenParameterizations.includes(cell.parameterization) &&
      !preferences.hiddenOptimizers.includes(cell.optimizer),
  );
}
