import { shownName } from '../../extension/report/shownName.ts';
import type { CellName } from '../cells.ts';
import type { MarginText } from '../plot/spec.ts';
import type { ChartInput } from './input.ts';

/** The name of a cell left of its row, under a rule where another parameterization begins. @param above the row before */
export function rowLabel(cell: CellName, above: CellName | undefined, y: number, { style }: ChartInput): MarginText {
  const { parameterization, optimizer } = cell;
  return {
    side: 'left',
    y,
    text: shownName(parameterization),
    colour: style(parameterization, optimizer).colour,
    strong: true,
    below: shownName(optimizer),
    ruled: y > 0 && above?.parameterization !== parameterization,
  };
}
