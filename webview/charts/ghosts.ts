/** Draws pinned runs behind those on view: the same marks, thin and grey. */
import { pointKey } from '../../extension/lab/results/index.ts';
import { cellsOfPoint, visibleCells } from '../cells.ts';
import { ago } from '../format.ts';
import type { LineMark, Mark } from '../plot/marks.ts';
import { knownOf, type PinnedExperiment } from '../state.ts';
import type { Theme } from '../theme.ts';
import type { ChartInput, PinnedInput } from './input.ts';

/** How captions explain them. */
export const GHOSTS = 'Grey dots: pinned runs.';

/** Dots, which no optimizer has as its line. */
const DASH = [1, 3];

/** The pinned runs as inputs of the charts: the visible cells at the point on view. */
export function pinnedInputs(
  input: Omit<ChartInput, 'pinned'>,
  pinned: readonly PinnedExperiment[],
  now: number,
): PinnedInput[] {
  return pinned.flatMap(({ experiment, date }) => {
    const { grid } = experiment;
    if (!grid) return [];
    const wanted = pointKey(input.cells[0]?.point ?? null);
    const point = Math.max(
      0,
      grid.points.findIndex((one) => pointKey(one) === wanted),
    );
    const cells = visibleCells(cellsOfPoint(grid.runs, grid.points, point), input.preferences);
    return [{ ...input, experiment, grid, known: knownOf(experiment), cells, name: `pinned, ${ago(now - date)}` }];
  });
}

/** The lines of a plot as ghosts; they are read like the others, under the name of the pinned run. */
export function ghostLines(marks: readonly Mark[], name: string, theme: Theme): LineMark[] {
  return marks.flatMap((mark): LineMark[] => {
    if (mark.kind !== 'line' || !mark.cell) return [];
    const { cell, x, y, reading } = mark;
    const read = reading && { name: `${reading.name} (${name})`, text: reading.text };
    const look = { colour: theme.muted, width: 1.25, dash: DASH, opacity: theme.highContrast ? 1 : 0.85 };
    return [{ kind: 'line', cell, x, y, ...look, ...(read ? { reading: read } : {}) }];
  });
}
