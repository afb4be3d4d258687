import { type Cell, cellsOf, pointKey } from '../extension/lab/results/index.ts';
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

const grouped = new WeakMap<readonly RunIdentity[], ReadonlyMap<string, Cell[]>>();

/** The cells at one of several sweep points. A grid stays the same while its results come in, and is grouped once. */
export function cellsOfPoint(runs: readonly RunIdentity[], points: readonly SweepPoint[], index: number): Cell[] {
  const known = grouped.get(runs) ?? groupedByPoint(runs);
  grouped.set(runs, known);
  if (points.length < 2) return [...known.values()].flat();
  return known.get(pointKey(points[Math.min(index, points.length - 1)] ?? null)) ?? [];
}

function groupedByPoint(runs: readonly RunIdentity[]): Map<string, Cell[]> {
  const cells = new Map<string, Cell[]>();
  for (const cell of cellsOf(runs)) {
    const key = pointKey(cell.point);
    const others = cells.get(key);
    if (others) others.push(cell);
    else cells.set(key, [cell]);
  }
  return cells;
}
