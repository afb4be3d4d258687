/** Norms and singular values of the predictors during training. */
import { type Cell, counts } from '../../extension/lab/results/index.ts';
import { cellKey, cellName } from '../cells.ts';
import { number } from '../format.ts';
import { memoized } from '../memo.ts';
import { translucent } from '../palette.ts';
import type { LineMark, Mark } from '../plot/marks.ts';
import type { Abscissa } from '../preferences.ts';
import { type Band, bandOf, type Series } from '../statistics.ts';
import { axisTitle, placeText } from '../timeAxis.ts';
import { logRange } from './cellBand.ts';
import type { PlotContents } from './contents.ts';
import { emptyText } from './emptyText.ts';
import { shownSeed } from './functionSpace.ts';
import { GHOSTS, ghostLines } from './ghosts.ts';
import type { ChartInput } from './input.ts';
import { effectiveRank, LARGEST_SPECTRUM, singularValues } from './singularValues.ts';
import { modelsOf, type RunModels } from './snapshots.ts';
import { timeRange } from './timeRange.ts';

/** One quantity of a predictor. */
export interface NormKind {
  key: string;
  name: string;
  of(predictor: ArrayLike<number>, spectrum: readonly number[]): number;
}

function length(values: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += values[i]! ** 2;
  return Math.sqrt(squares);
}

function absolute(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.abs(values[i]!);
  return sum;
}

const ofVectors: readonly NormKind[] = [
  { key: 'l2', name: 'ℓ₂ norm', of: length },
  { key: 'l1', name: 'ℓ₁ norm', of: absolute },
  { key: 'ratio', name: 'ℓ₁ / ℓ₂', of: (values) => absolute(values) / length(values) },
];
const ofMatrices: readonly NormKind[] = [
  { key: 'values', name: 'singular values', of: (_, [first = 0]) => first },
  { key: 'rank', name: 'effective rank', of: (_, spectrum) => effectiveRank(spectrum) },
  { key: 'nuclear', name: 'nuclear norm', of: (_, spectrum) => spectrum.reduce((sum, s) => sum + s, 0) },
  { key: 'frobenius', name: 'Frobenius norm', of: length },
];

/** The quantities of the experiment's predictors; none for networks, and for matrices that are too large for the page. */
export function normKindsOf({ grid }: Pick<ChartInput, 'grid'>): readonly NormKind[] {
  const { predictorShape: shape } = grid.problem;
  if (!shape) return [];
  if (shape.length === 1) return (shape[0] ?? 0) > 1 ? ofVectors : [];
  return Math.min(...shape) <= LARGEST_SPECTRUM ? ofMatrices : [];
}

/** The quantity on view. */
export function normKindOf(input: Pick<ChartInput, 'grid' | 'preferences'>): NormKind | null {
  const kinds = normKindsOf(input);
  return kinds.find(({ key }) => key === input.preferences.norm) ?? kinds[0] ?? null;
}

/** Key of the cell whose singular values are drawn: the chosen one, or the first that is not of the first parameterization. */
export function spectrumCellOf({ cells, grid, preferences }: ChartInput): string | null {
  const shown =
    cells.find((one) => cellKey(one) === preferences.spectrumOf) ??
    cells.find(({ parameterization }) => parameterization !== grid.parameterizations[0]) ??
    cells[0];
  return shown ? cellKey(shown) : null;
}

const spectra = new WeakMap<RunModels, number[][]>();

/** The singular values of a run's predictors, at each of its snapshots. */
function spectraOf(models: RunModels, shape: readonly number[]): number[][] {
  const [rows = 1, columns = 1] = shape;
  const known = spectra.get(models) ?? (models.predictors ?? []).map((values) => singularValues(values, rows, columns));
  spectra.set(models, known);
  return known;
}

/** @param shown key of the cell whose singular values are drawn */
export function normPlot(input: ChartInput, kind: NormKind, shown: string | null): PlotContents {
  const { grid, cells, theme, time } = input;
  const isSpectrum = kind.key === 'values';
  const drawn = isSpectrum ? cells.filter((cell) => cellKey(cell) === shown) : cells;
  const lines = drawn.flatMap((cell) => (isSpectrum ? spectrumLines(cell, input) : meanLines(cell, input, kind)));
  const ghosts = (input.pinned ?? []).flatMap((one) => {
    const cellsThen = isSpectrum ? one.cells.filter((cell) => cellKey(cell) === shown) : one.cells;
    const then = cellsThen.flatMap((cell) => (isSpectrum ? spectrumLines(cell, one) : meanLines(cell, one, kind)));
    return ghostLines(then, one.name, theme);
  });
  const truth = isSpectrum || kind.key === 'rank' ? truthLines(input, kind) : [];
  const isLog = isSpectrum;
  const values = [...ghosts, ...lines].flatMap((mark) =>
    mark.kind === 'line'
      ? Array.from(mark.y)
      : mark.kind === 'band'
        ? [...Array.from(mark.low), ...Array.from(mark.high)]
        : [],
  );
  const rangeX = timeRange(
    input,
    lines.flatMap((mark) => (mark.kind === 'line' ? [mark.x] : [])),
  );
  const levels = truth.flatMap(({ y }) => Array.from(y));
  const rangeY = rangeOf([...values, ...levels], isLog);
  const seeds = new Set(lines.flatMap((mark) => (mark.kind === 'band' ? [1] : [])));
  const across = truth.map((mark): Mark => ({ ...mark, x: rangeX }));
  const cell = drawn[0];
  return {
    spec: {
      theme,
      marks: [...across, ...ghosts, ...lines],
      x: { title: axisTitle(time.abscissa, grid), min: rangeX[0], max: rangeX[1], isLog: time.isLog },
      y: { title: kind.name, min: rangeY[0], max: rangeY[1], isLog },
    },
    empty: lines.length === 0 ? emptyText(input, 'The first predictors will appear here.') : null,
    subtitle:
      isSpectrum && cell
        ? `singular values, ${cellName(cell)}${grid.seeds.length > 1 ? `, seed ${shownSeed(input)}` : ''}`
        : kind.name,
    caption: [
      seeds.size > 0 ? 'Lines: mean over the seeds; bands: from the smallest to the largest.' : '',
      truth.length > 0 ? 'Dotted: the truth.' : '',
      ghosts.length > 0 ? GHOSTS : '',
    ]
      .filter(Boolean)
      .join(' '),
    spoken: `${kind.name} over ${time.abscissa} for ${drawn.map(cellName).join(', ')}`,
    table: tableOf(input, lines),
  };
}

/** Places on a logarithmic axis from the smallest value that single precision tells from zero. */
const FLOOR = 1e-7;

function rangeOf(values: readonly number[], isLog: boolean): [number, number] {
  const finite = values.filter(Number.isFinite);
  const max = Math.max(0, ...finite);
  if (!isLog) return [0, max > 0 ? 1.06 * max : 1];
  const kept = finite.filter((value) => value > max * FLOOR);
  return logRange([{ low: kept, high: kept }]) ?? [0.1, 10];
}

function visibleRuns({ runs }: Cell, { experiment }: ChartInput): RunModels[] {
  return runs.flatMap(({ id }) => {
    const result = experiment.runs.get(id);
    const models = result && !counts(result) ? null : modelsOf(experiment, id);
    return models?.predictors ? [models] : [];
  });
}

function onAxis({ x, y }: Series, isLog: boolean): { x: number[]; y: number[] } {
  const kept = Array.from(x, (_, i) => i).filter((i) => !isLog || x[i]! > 0);
  return { x: kept.map((i) => x[i]!), y: kept.map((i) => y[i]!) };
}

/** The mean of a quantity over the seeds; computed once for the same predictors. */
const meanOf = memoized(
  (all: readonly RunModels[], key: string, abscissa: Abscissa, isLog: boolean, shape: string): Band => {
    const { of } = [...ofVectors, ...ofMatrices].find((kind) => kind.key === key)!;
    const sizes = JSON.parse(shape) as number[];
    const needsSpectrum = sizes.length === 2 && key !== 'frobenius';
    return bandOf(
      all.map((models) => {
        const spectrum = needsSpectrum ? spectraOf(models, sizes) : [];
        const y = (models.predictors ?? []).map((predictor, i) => of(predictor, spectrum[i] ?? []));
        return finite(onAxis({ x: models[abscissa], y }, isLog));
      }),
    );
  },
);

function meanLines(cell: Cell, input: ChartInput, kind: NormKind): Mark[] {
  const { time, grid } = input;
  const shape = JSON.stringify(grid.problem.predictorShape ?? []);
  const band = meanOf(visibleRuns(cell, input), kind.key, time.abscissa, time.isLog, shape);
  if (band.x.length === 0) return [];
  const { colour, dash, dashOffset } = input.style(cell.parameterization, cell.optimizer);
  const key = cellKey(cell);
  return [
    ...(band.count > 1
      ? [
          {
            kind: 'band' as const,
            cell: key,
            x: band.x,
            low: band.low,
            high: band.high,
            colour: translucent(colour, 0.13),
          },
        ]
      : []),
    {
      ...{ kind: 'line', cell: key, x: band.x, y: band.mean, colour, dash, dashOffset, width: 2 },
      reading: {
        name: cellName(cell),
        text: (value) => number(value),
        ...(band.count > 1 ? { low: band.low, high: band.high } : {}),
      },
    },
  ];
}

/** A norm's ratio is not defined at a start of zero. */
function finite({ x, y }: Series): Series {
  const kept = Array.from(x, (_, i) => i).filter((i) => Number.isFinite(y[i]));
  return { x: kept.map((i) => x[i]!), y: kept.map((i) => y[i]!) };
}

function spectrumLines(cell: Cell, input: ChartInput): LineMark[] {
  const { grid, time, experiment } = input;
  const shape = grid.problem.predictorShape ?? [];
  const run = cell.runs.find(({ seed }) => seed === shownSeed(input));
  const models = run && modelsOf(experiment, run.id);
  if (!models?.predictors) return [];
  const spectrum = spectraOf(models, shape);
  const { colour, dash } = input.style(cell.parameterization, cell.optimizer);
  const count = spectrum[0]?.length ?? 0;
  return Array.from({ length: count }, (_, k): LineMark => {
    const series = onAxis(
      { x: models[time.abscissa], y: spectrum.map((values) => values[k] || Number.NaN) },
      time.isLog,
    );
    return {
      ...{
        kind: 'line',
        cell: cellKey(cell),
        ...series,
        colour,
        dash,
        width: k === 0 ? 2.25 : 1.5,
        opacity: 1 - (0.6 * k) / count,
      },
      reading: { name: `σ${subscript(k + 1)}`, text: (value) => number(value) },
    };
  });
}

const subscript = (value: number) => String(value).replace(/\d/g, (digit) => '₀₁₂₃₄₅₆₇₈₉'.charAt(Number(digit)));

function truthLines(input: ChartInput, kind: NormKind): LineMark[] {
  const { grid, theme } = input;
  const { truth, predictorShape: shape } = grid.problem;
  if (!truth || shape?.length !== 2 || shownSeed(input) !== grid.seeds[0]) return [];
  const spectrum = singularValues(truth, shape[0]!, shape[1]!);
  const largest = spectrum[0] ?? 0;
  const levels = kind.key === 'rank' ? [effectiveRank(spectrum)] : spectrum.filter((value) => value > 1e-9 * largest);
  return levels.map((level) => ({
    kind: 'line',
    x: [],
    y: [level, level],
    colour: theme.foreground,
    width: 1.25,
    dash: [2, 4],
  }));
}

const MOST_ROWS = 40;

function tableOf({ time }: ChartInput, marks: readonly Mark[]) {
  const lines = marks.filter((mark): mark is LineMark => mark.kind === 'line' && mark.reading !== undefined);
  const longest = lines.reduce<ArrayLike<number>>((most, { x }) => (x.length > most.length ? x : most), []);
  const stride = Math.max(1, Math.ceil(longest.length / MOST_ROWS));
  const places = Array.from(longest).filter((_, i) => i % stride === 0 || i === longest.length - 1);
  return {
    columns: [time.abscissa, ...lines.map(({ reading }) => reading!.name)],
    rows: places.map((at) => [
      placeText(time.abscissa, at),
      ...lines.map(({ x, y }) => {
        const i = Array.from(x).findIndex((place) => place >= at);
        return i < 0 ? '' : number(y[i]);
      }),
    ]),
  };
}
