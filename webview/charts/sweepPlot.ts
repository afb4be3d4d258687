/** A sweep over one axis: the quantity against the axis, one line for each cell. */
import { describePoint } from '../../extension/lab/results/index.ts';
import { translucent } from '../palette.ts';
import type { Mark } from '../plot/marks.ts';
import type { AxisSpec } from '../plot/spec.ts';
import { linearLabels, logLabels, shareLabels } from '../plot/tickLabels.ts';
import { logRange } from './cellBand.ts';
import type { PlotContents, TableData } from './contents.ts';
import { type EarlierSweep, earlierSweeps } from './earlierSweeps.ts';
import { GHOSTS, ghostLines } from './ghosts.ts';
import type { ChartInput } from './input.ts';
import { metricSpread, metricText } from './metrics.ts';
import { type SweepAxis, valueText } from './sweepAxes.ts';
import { isLogRange, rangeOfRows, type SweepData, type SweepRow } from './sweepData.ts';

/** Where the values of the axis are drawn: numbers where they are, anything else one after the other. */
export function positionsOf({ values }: SweepAxis): number[] {
  return values.every((value) => typeof value === 'number') ? values.map(Number) : values.map((_, i) => i);
}

/** The points of the sweep along the axis across, at the chosen values of all others. */
export function pointsAcross({ placement: { across }, points, chosen }: SweepData): (number | null)[] {
  return across.values.map((value) => points.from(chosen, { [across.name]: value }));
}

export function sweepPlot(input: ChartInput, data: SweepData): PlotContents {
  const { theme } = input;
  const { metric, rows, placement, chosen, best } = data;
  const { across } = placement;
  const positions = positionsOf(across);
  const along = pointsAcross(data);
  const earlier = earlierSweeps(input, data);
  const range = rangeOfRows([...rows, ...earlier.flatMap((then) => then.data.rows)], true);
  const isLog = isLogRange(range);
  const at = positions[along.indexOf(chosen)];
  const [low, high] = verticalRange(range, isLog);
  const marks: Mark[] = [
    ...rows.flatMap((row) => bandOf(row, positions, along)),
    ...earlier.flatMap((then) => ghostsOf(then, input)),
    ...(at === undefined || data.isPrinted ? [] : [chosenMark(at, low, high, theme.muted)]),
    ...rows.flatMap((row) => lineOf(row, positions, along, input, metric)),
    ...bestMarks(data, positions, along, theme.foreground),
  ];
  return {
    spec: {
      theme,
      marks,
      padding: { right: 16 },
      x: acrossAxis(across, positions),
      y: {
        title: metric.name,
        min: low,
        max: high,
        isLog,
        labels:
          metric.unit === 'share'
            ? shareLabels
            : metric.unit === 'angle'
              ? angleLabels
              : isLog
                ? logLabels
                : linearLabels,
      },
    },
    empty: range ? null : 'The first point will appear here when one of its runs has ended.',
    subtitle: `${metric.name} over ${across.name}`,
    caption: captionOf(data, rows, earlier.length > 0),
    spoken: `${metric.name} over ${across.name} for ${rows.map(({ name }) => name).join(', ')}${best ? `; best at ${describePoint(data.points.at(best.point))}` : ''}. Arrow keys choose a point.`,
    table: sweepTable(data),
  };
}

/** The lines of a pinned sweep over the same axis. */
function ghostsOf({ name, data }: EarlierSweep, input: ChartInput): Mark[] {
  const positions = positionsOf(data.placement.across);
  const along = pointsAcross(data);
  const lines = data.rows.flatMap((row) => lineOf(row, positions, along, input, data.metric));
  return ghostLines(lines, name, input.theme);
}

const angleLabels = (values: readonly number[]) => values.map((value) => metricText(value, { unit: 'angle' }));

function captionOf({ best, isPrinted }: SweepData, rows: readonly SweepRow[], hasGhosts: boolean): string {
  const several = rows.some(({ values }) => values.some(({ spread }) => (spread?.n ?? 0) > 1));
  return [
    several ? 'Lines: mean over the seeds; bands: from the smallest to the largest.' : '',
    best ? '★ best.' : '',
    hasGhosts ? GHOSTS : '',
    isPrinted ? '' : 'A click shows that point in all tiles.',
  ]
    .filter(Boolean)
    .join(' ');
}

function verticalRange(range: [number, number] | null, isLog: boolean): [number, number] {
  if (!range) return [0, 1];
  if (isLog) return logRange([{ low: [range[0]], high: [range[1]] }]) ?? range;
  const [min, max] = [Math.min(0, range[0]), Math.max(range[1], 0)];
  return [min < 0 ? 1.06 * min : 0, max > 0 ? 1.06 * max : 0.01];
}

function acrossAxis(axis: SweepAxis, positions: readonly number[]): AxisSpec {
  const isNumeric = axis.values.every((value) => typeof value === 'number');
  const [first, last] = [Math.min(...positions), Math.max(...positions)];
  const ticks =
    axis.values.length <= 9
      ? axis.values.map((value, i) => ({ value: positions[i]!, label: valueText(value) }))
      : undefined;
  if (axis.isGeometric) {
    const margin = (last / first) ** 0.04;
    return { title: axis.name, min: first / margin, max: last * margin, isLog: true, ...(ticks ? { ticks } : {}) };
  }
  const margin = (last - first) * 0.04 || 0.5;
  return {
    title: axis.name,
    min: first - margin,
    max: last + margin,
    ...(ticks && (!isNumeric || isApart(positions)) ? { ticks } : {}),
  };
}

/** Whether the values leave room for their labels. */
function isApart(positions: readonly number[]): boolean {
  const sorted = positions.toSorted((a, b) => a - b);
  const steps = sorted.slice(1).map((value, i) => value - sorted[i]!);
  return Math.min(...steps) > 0.06 * (sorted.at(-1)! - sorted[0]!);
}

function seriesOf({ values }: SweepRow, positions: readonly number[], along: readonly (number | null)[]) {
  const known = along
    .flatMap((point, i) => {
      const spread = point === null ? null : values[point]?.spread;
      return spread ? [{ x: positions[i]!, spread }] : [];
    })
    .sort((a, b) => a.x - b.x);
  return { x: known.map(({ x }) => x), spreads: known.map(({ spread }) => spread) };
}

function bandOf(row: SweepRow, positions: readonly number[], along: readonly (number | null)[]): Mark[] {
  const { x, spreads } = seriesOf(row, positions, along);
  if (!spreads.some(({ n }) => n > 1)) return [];
  const [low, high] = [spreads.map(({ min }) => min), spreads.map(({ max }) => max)];
  return [{ kind: 'band', cell: row.key, x, low, high, colour: translucent(row.colour, 0.13) }];
}

function lineOf(
  row: SweepRow,
  positions: readonly number[],
  along: readonly (number | null)[],
  { style, theme }: ChartInput,
  metric: SweepData['metric'],
): Mark[] {
  const { x, spreads } = seriesOf(row, positions, along);
  const y = spreads.map(({ mean }) => mean);
  const { colour, dash, dashOffset, key, name } = row;
  const marker = row.parameterization === '' ? 'circle' : style(row.parameterization, row.optimizer).marker;
  return [
    {
      ...{ kind: 'line', cell: key, x, y, colour, dash, dashOffset, width: 2 },
      reading: { name, text: (value) => metricText(value, metric) },
    },
    {
      kind: 'points',
      cell: key,
      x,
      y,
      shape: marker,
      radius: 3.5,
      fill: colour,
      stroke: theme.surface,
      strokeWidth: 1,
    },
  ];
}

const chosenMark = (x: number, low: number, high: number, colour: string): Mark => ({
  ...{ kind: 'line', x: [x, x], y: [low, high], colour, width: 1, opacity: 0.8 },
});

function bestMarks(
  { best, rows }: SweepData,
  positions: readonly number[],
  along: readonly (number | null)[],
  colour: string,
): Mark[] {
  const row = rows.find(({ key }) => key === best?.row);
  const x = best ? positions[along.indexOf(best.point)] : undefined;
  const value = best && row?.values[best.point]?.spread?.mean;
  if (x === undefined || value === null || value === undefined) return [];
  return [{ kind: 'label', x, y: value, text: '★', colour, strong: true, isNeeded: true }];
}

/** One line for each point of the sweep, one column for each cell. */
export function sweepTable({ rows, points, metric }: SweepData): TableData {
  const count = rows[0]?.values.length ?? 0;
  return {
    columns: ['point', ...rows.map(({ name }) => name)],
    rows: Array.from({ length: count }, (_, i) => [
      describePoint(points.at(i)),
      ...rows.map(({ values }) => {
        const { spread, lost } = values[i] ?? { spread: null, lost: '' };
        return [metricSpread(spread, metric), lost].filter(Boolean).join(', ');
      }),
    ]),
  };
}
