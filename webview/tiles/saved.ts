import type { FigureName, TableName } from '../../extension/report/exportRequest.ts';
import type { ChartInput } from '../charts/input.ts';
import { normKindOf } from '../charts/normPlot.ts';

/** What a tile is as a file: its figure, and the table that has its numbers; null where there is none. */
export function savedOf(tile: string, input: ChartInput): { figure: FigureName | null; table: TableName | null } {
  const hasPredictors = input.grid.problem.predictorShape !== null;
  const predictors = hasPredictors ? 'predictors' : null;
  switch (tile) {
    case 'sweep':
    case 'generalization':
      return { figure: tile, table: 'runs' };
    case 'curves':
      return { figure: input.preferences.quantity, table: 'curves' };
    case 'norms':
      return { figure: normKindOf(input)?.key === 'values' ? 'spectrum' : 'norms', table: predictors };
    case 'trajectories':
    case 'predictor':
      return { figure: tile, table: predictors };
    case 'theory':
      return { figure: null, table: 'theory' };
    case 'margins':
    case 'data':
      return { figure: tile, table: null };
    default:
      return { figure: null, table: null };
  }
}
