/** A quantity of every visible cell at every point of a sweep. */
import { counts, lossesText, type Spread, spreadOf, tallyOf } from '../../extension/lab/results/index.ts';
import type { RunIdentity } from '../../extension/lab/results.ts';
import { shownName } from '../../extension/report/shownName.ts';
import { type CellName, cellKey, cellName, cellsOfPoint } from '../cells.ts';
import type { ChartInput } from './input.ts';
import { type Metric, metricsOf } from './metrics.ts';
import { axesOf, type Placement, Points, placementOf } from './sweepAxes.ts';

/** What a line or a heat map shows: a cell, or an optimizer where the quantity is that of an optimizer. */
export interface SweepRow extends CellName {
  key: string;
  name: string;
  colour: string;
  dash: readonly number[];
  dashOffset: number;
  /** By the position of the point. */
  values: SweepValue[];
}

export interface SweepValue {
  spread: Spread | null;
  /** Runs that did not end well, in words; empty if all did or are under way. */
  lost: string;
}

export interface SweepData {
  metric: Metric;
  metrics: Metric[];
  placement: Placement;
  points: Points;
  rows: SweepRow[];
  /** The position of the chosen point. */
  chosen: number;
  /** The best value of all; null if there is none. */
  best: { row: string; point: number } | null;
  /** On paper no point is chosen and nothing is clicked. */
  isPrinted?: boolean;
}

/** Null outside a sweep. */
export function sweepDataOf(input: ChartInput): SweepData | null {
  const { grid, preferences } = input;
  const placement = placementOf(axesOf(grid.points), preferences.axes);
  if (!placement) return null;
  const metrics = metricsOf(input);
  const metric = metrics.find(({ key }) => key === preferences.metric) ?? metrics[0];
  if (!metric) return null;
  const rows = metric.ofOptimizer ? optimizerRows(input, metric) : byOptimizer(cellRows(input, metric), input);
  const chosen = Math.min(preferences.point, grid.points.length - 1);
  return { metric, metrics, placement, points: new Points(grid.points), rows, chosen, best: bestOf(rows, metric) };
}

function cellRows({ grid, cells, style, experiment, known }: ChartInput, metric: Metric): SweepRow[] {
  const byPoint = runsByPoint(grid.runs, grid.points);
  return cells.map((cell) => {
    const { parameterization, optimizer } = cell;
    const values = byPoint.map((runs): SweepValue => {
      const own = runs.get(cellKey(cell)) ?? [];
      const results = own.flatMap(({ id }) => experiment.runs.get(id) ?? []);
      return {
        spread: spreadOf(results.filter(counts).map((run) => metric.of(run))),
        lost: lossesText(tallyOf(own, experiment.runs, known.isOver)),
      };
    });
    return {
      parameterization,
      optimizer,
      key: cellKey(cell),
      name: cellName(cell),
      values,
      ...style(parameterization, optimizer),
    };
  });
}

/** Parameterizations stand side by side under each optimizer: so it shows what an optimizer makes of them. */
function byOptimizer(rows: readonly SweepRow[], { grid }: ChartInput): SweepRow[] {
  const order = new Map(grid.optimizers.map(({ name }, i) => [name, i]));
  const place = ({ optimizer }: SweepRow) => order.get(optimizer) ?? 0;
  return rows.toSorted((a, b) => place(a) - place(b));
}

function optimizerRows({ grid, cells, theme, style }: ChartInput, metric: Metric): SweepRow[] {
  const shown = [...new Set(cells.map(({ optimizer }) => optimizer))];
  return shown.map((optimizer) => {
    const { dash } = style('', optimizer);
    const values = grid.points.map((_, point): SweepValue => {
      const value = metric.ofOptimizer?.(point, optimizer) ?? null;
      return { spread: spreadOf([value]), lost: '' };
    });
    const look = { colour: theme.foreground, dash, dashOffset: 0 };
    return {
      parameterization: '',
      optimizer,
      key: cellKey({ parameterization: '', optimizer }),
      name: shownName(optimizer),
      values,
      ...look,
    };
  });
}

function bestOf(rows: readonly SweepRow[], { best }: Metric): SweepData['best'] {
  if (best === null) return null;
  const sign = best === 'low' ? 1 : -1;
  let found: { row: string; point: number; value: number } | null = null;
  for (const { key, values } of rows) {
    values.forEach(({ spread }, point) => {
      if (spread && (!found || sign * spread.mean < sign * found.value))
        found = { row: key, point, value: spread.mean };
    });
  }
  return found;
}

const known = new WeakMap<readonly RunIdentity[], Map<string, RunIdentity[]>[]>();

/** The runs of each cell at each point, by the cell's key. */
function runsByPoint(
  runs: readonly RunIdentity[],
  points: Parameters<typeof cellsOfPoint>[1],
): Map<string, RunIdentity[]>[] {
  const made =
    known.get(runs) ??
    points.map((_, index) => new Map(cellsOfPoint(runs, points, index).map((cell) => [cellKey(cell), cell.runs])));
  known.set(runs, made);
  return made;
}

/** Smallest and largest value on view; null if there are none. */
export function rangeOfRows(rows: readonly SweepRow[], withBands: boolean): [number, number] | null {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { values } of rows) {
    for (const { spread } of values) {
      if (!spread) continue;
      min = Math.min(min, withBands ? spread.min : spread.mean);
      max = Math.max(max, withBands ? spread.max : spread.mean);
    }
  }
  return min <= max ? [min, max] : null;
}

/** Positive values over more than two decades are compared by their factors. */
export const isLogRange = (range: [number, number] | null): boolean =>
  range !== null && range[0] > 0 && range[1] > 100 * range[0];
