/** Loss or error during training, of every cell: a plot's marks from the results. */
import type { Cell } from '../../extension/lab/results/index.ts';
import { cellKey, cellName } from '../cells.ts';
import { error, number } from '../format.ts';
import { translucent } from '../palette.ts';
import type { LineMark, Mark } from '../plot/marks.ts';
import type { Range } from '../plot/ranges.ts';
import { shareLabels } from '../plot/tickLabels.ts';
import type { Band, Series } from '../statistics.ts';
import { axisTitle, placeText } from '../timeAxis.ts';
import { cellCurves, divergedSeries, rangeWith } from './cellBand.ts';
import type { PlotContents, TableData } from './contents.ts';
import { ALL_HIDDEN } from './emptyText.ts';
import { GHOSTS, ghostLines } from './ghosts.ts';
import type { ChartInput } from './input.ts';
import { theoryCurves } from './theoryCurves.ts';
import { timeRange } from './timeRange.ts';

type Part = 'train' | 'test';

interface Curve {
  cell: Cell;
  part: Part;
  band: Band;
  others: Series[];
  diverged: Series[];
}

/** Makes the plot. */
export function curvePlot(input: ChartInput): PlotContents {
  const { grid, cells, theme, preferences, time } = input;
  const { quantity } = preferences;
  const logY = preferences.logY[quantity];
  const name = quantity === 'error' ? grid.problem.errorName : 'loss';
  const isShare = name === 'error rate';
  const curves = curvesOf(input);
  const before = (input.pinned ?? []).map((one) => ({ one, curves: curvesOf(one) }));
  const ghosts = before.flatMap(({ one, curves: earlier }) =>
    ghostLines(
      earlier.flatMap((curve) => meanMarks(curve, one)),
      one.name,
      theme,
    ),
  );
  const marks = [
    ...ghosts,
    ...curves.flatMap((curve) => bandMarks(curve, input)),
    ...curves.flatMap((curve) => thinMarks(curve, input)),
    ...curves.flatMap((curve) => meanMarks(curve, input)),
    ...(quantity === 'loss' ? theoryCurves(input, logY) : []),
  ];
  const bands = [...curves, ...before.flatMap((earlier) => earlier.curves)].map(({ band }) => band);
  const diverged = curves.flatMap((curve) => curve.diverged);
  const rangeY = rangeWith(bands, diverged, logY);
  const rangeX = timeRange(
    input,
    curves.flatMap(({ band, others }) => [band.x, ...others.map(({ x }) => x)]),
  );
  const isEmpty = !curves.some(({ band, others, diverged: lost }) => band.x.length + others.length + lost.length > 0);
  return {
    spec: {
      theme,
      marks,
      x: { title: axisTitle(time.abscissa, grid), min: rangeX[0], max: rangeX[1], isLog: time.isLog },
      y: {
        title: name,
        ...ends(rangeY, logY),
        isLog: logY,
        ...(isShare ? { labels: shareLabels } : {}),
      },
    },
    empty: isEmpty || !rangeY ? emptyText(input) : null,
    subtitle: '',
    caption: captionText(input, curves, marks),
    spoken: `Curves of the ${name} over ${time.abscissa} for ${cells.map(cellName).join(', ')}`,
    table: tableOf(input, curves),
  };
}

const ends = (range: Range | null, isLog: boolean) => ({ min: range?.[0] ?? (isLog ? 0.1 : 0), max: range?.[1] ?? 1 });

function curvesOf({ cells, known, grid, preferences, time }: ChartInput): Curve[] {
  const { quantity } = preferences;
  const axes = { x: time.abscissa, logX: time.isLog, logY: preferences.logY[quantity] };
  const parts: Part[] = grid.problem.test > 0 ? ['train', 'test'] : ['train'];
  return cells.flatMap((cell) =>
    parts.map((part) => {
      const column = `${part}${quantity === 'loss' ? 'Loss' : 'Error'}` as const;
      return {
        cell,
        part,
        ...cellCurves(cell, known, column, axes),
        diverged: divergedSeries(cell, known, column, axes),
      };
    }),
  );
}

function bandMarks({ cell, part, band }: Curve, input: ChartInput): Mark[] {
  if (band.count < 2) return [];
  const { colour } = input.style(cell.parameterization, cell.optimizer);
  const fill = translucent(colour, part === 'train' ? 0.15 : 0.08);
  return [{ kind: 'band', cell: cellKey(cell), x: band.x, low: band.low, high: band.high, colour: fill }];
}

/** Runs under way, the ends of longer runs, and runs that diverged: thin lines. */
function thinMarks({ cell, part, others, diverged }: Curve, input: ChartInput): Mark[] {
  const { colour, dash, dashOffset } = input.style(cell.parameterization, cell.optimizer);
  const look = { kind: 'line' as const, cell: cellKey(cell), colour, dash, dashOffset };
  return [
    ...others.map((line): LineMark => ({ ...look, ...line, width: part === 'train' ? 1 : 0.75, opacity: 0.7 })),
    ...diverged.map((line): LineMark => ({ ...look, ...line, width: 0.75 })),
  ];
}

/** The mean: a strong line for training, a thinner one with markers for test data. */
function meanMarks({ cell, part, band }: Curve, input: ChartInput): Mark[] {
  if (band.x.length === 0) return [];
  const { grid, preferences, theme } = input;
  const { colour, dash, dashOffset, marker } = input.style(cell.parameterization, cell.optimizer);
  const text = (value: number) =>
    preferences.quantity === 'error' ? error(value, grid.problem.errorName) : number(value);
  const name = grid.problem.test > 0 ? `${cellName(cell)}, ${part}` : cellName(cell);
  const line: LineMark = {
    kind: 'line',
    cell: cellKey(cell),
    x: band.x,
    y: band.mean,
    ...{ colour, dash, dashOffset, width: part === 'train' ? 2.5 : 1.25 },
    reading: { name, text, ...(band.count > 1 ? { low: band.low, high: band.high } : {}) },
  };
  if (part === 'train') return [line];
  const every = Math.max(1, Math.ceil(band.x.length / 8));
  const at = band.x.map((_, i) => i).filter((i) => i % every === every >> 1);
  const pick = (values: readonly number[]) => at.map((i) => values[i]!);
  const look = { shape: marker, radius: 3.5, fill: theme.surface, stroke: colour, strokeWidth: 1.5 };
  return [line, { kind: 'points', cell: cellKey(cell), x: pick(band.x), y: pick(band.mean), ...look }];
}

function emptyText({ cells, experiment, preferences }: ChartInput): string {
  if (cells.length === 0) return ALL_HIDDEN;
  if (experiment.samples.size > 0 && preferences.logY[preferences.quantity])
    return 'Nothing above zero to show on a logarithmic axis.';
  return 'The first samples will appear here.';
}

function captionText(
  { grid, time, pinned = [] }: ChartInput,
  curves: readonly Curve[],
  marks: readonly Mark[],
): string {
  const counts = new Set(curves.flatMap(({ band }) => (band.count > 1 ? band.count : [])));
  const lost = curves.some(({ diverged }) => diverged.length > 0);
  const seeds = counts.size === 1 ? `${[...counts][0]} seeds` : 'the seeds that ended';
  const theories = new Set(
    marks.flatMap((mark) =>
      mark.kind === 'line' && mark.reading?.name.startsWith('theory: ') ? mark.reading.name.slice(8) : [],
    ),
  );
  const mixed = time.abscissa === 'step' && grid.optimizers.some(({ isFlow }) => isFlow);
  return [
    pinned.length > 0 ? GHOSTS : '',
    counts.size > 0 ? `Lines: mean over ${seeds}; bands: from the smallest to the largest.` : '',
    curves.some(({ others }) => others.length > 0) ? 'Thin: single seeds.' : '',
    lost ? 'Thin lines that leave the chart: runs that diverged.' : '',
    theories.size > 0
      ? `Dotted: ${[...theories].join(', ')}, predicted by theory${grid.seeds.length > 1 ? ` (seed ${grid.seeds[0]})` : ''}.`
      : '',
    mixed ? 'Steps of a flow are those of its integrator: compare flows over time.' : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** Rows of the table, at most. */
const MOST_ROWS = 40;

function tableOf({ preferences, grid, time }: ChartInput, curves: readonly Curve[]): TableData {
  const shown = curves.filter(({ band }) => band.x.length > 0);
  const text = (value: number) =>
    preferences.quantity === 'error' ? error(value, grid.problem.errorName) : number(value);
  const longest = shown.reduce<readonly number[]>(
    (most, { band }) => (band.x.length > most.length ? band.x : most),
    [],
  );
  const stride = Math.max(1, Math.ceil(longest.length / MOST_ROWS));
  const places = longest.filter((_, i) => i % stride === 0 || i === longest.length - 1);
  return {
    columns: [time.abscissa, ...shown.map(({ cell, part }) => `${cellName(cell)}, ${part}`)],
    rows: places.map((at) => [
      placeText(time.abscissa, at),
      ...shown.map(({ band }) => {
        const i = band.x.findIndex((x) => x >= at);
        return i < 0 ? '' : text(band.mean[i]!);
      }),
    ]),
  };
}
