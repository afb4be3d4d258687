/** The margins y·f of all training examples, as a distribution for every cell. */
import { counts } from '../../extension/lab/results/index.ts';
import { cellKey, cellName } from '../cells.ts';
import { number } from '../format.ts';
import { translucent } from '../palette.ts';
import type { Mark } from '../plot/marks.ts';
import { rangeOf } from '../plot/ranges.ts';
import type { MarginText } from '../plot/spec.ts';
import { placeText } from '../timeAxis.ts';
import type { PlotContents } from './contents.ts';
import { emptyText } from './emptyText.ts';
import { shownSeed } from './functionSpace.ts';
import { GHOSTS } from './ghosts.ts';
import type { ChartInput } from './input.ts';
import { rowLabel } from './rowLabel.ts';
import { modelAt } from './snapshots.ts';

/** The margins of one cell's run, ascending. */
export interface MarginRow {
  cell: ChartInput['cells'][number];
  margins: number[];
  /** What they were divided by: the norm of the predictor, or 1. */
  scale: number;
}

export interface MarginPlot extends PlotContents {
  rows: MarginRow[];
}

/**
 * The labels of a run's training examples. Those of the first seed are known; of others, if all examples are classified
 * correctly at the end: then the outputs have the signs of the labels. Null otherwise.
 */
export function labelsOf(
  { grid, experiment }: Pick<ChartInput, 'grid' | 'experiment'>,
  run: { id: number; seed: number },
): ArrayLike<number> | null {
  const { trainTargets } = grid.problem;
  if (trainTargets && run.seed === grid.seeds[0]) return trainTargets;
  const result = experiment.runs.get(run.id);
  if (result?.train.error !== 0) return null;
  return result.outputs.map(Math.sign);
}

/** The margins of the visible cells, of one seed at the slider's place. */
export function marginRows(input: ChartInput): { rows: MarginRow[]; unknown: number } {
  const { experiment, cells, time, grid } = input;
  const isDirection = grid.problem.predictorShape !== null;
  let unknown = 0;
  const rows = cells.flatMap((cell): MarginRow[] => {
    const run = cell.runs.find(({ seed }) => seed === shownSeed(input));
    const result = run && experiment.runs.get(run.id);
    if (!run || (result && !counts(result))) return [];
    const model = modelAt(experiment, run.id, time);
    const outputs = model?.outputs;
    const labels = labelsOf(input, run);
    if (outputs && (!labels || labels.length !== outputs.length)) unknown++;
    if (!outputs || !labels || labels.length !== outputs.length) return [];
    const norm =
      isDirection && model.predictor ? Math.sqrt(Array.from(model.predictor).reduce((sum, x) => sum + x * x, 0)) : 1;
    const scale = norm > 0 ? norm : 1;
    const margins = Array.from(outputs, (f, i) => (f * labels[i]!) / scale).sort((a, b) => a - b);
    return margins.every(Number.isFinite) ? [{ cell, margins, scale }] : [];
  });
  return { rows, unknown };
}

const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;

/** Examples drawn one by one, at most. */
const MOST_DOTS = 400;

export function marginPlot(input: ChartInput): MarginPlot {
  const { grid, theme, time } = input;
  const { rows, unknown } = marginRows(input);
  const isDirection = grid.problem.predictorShape !== null;
  const earlier = (input.pinned ?? []).map((then) => marginRows(then).rows);
  const range = rangeOf([...rows, ...earlier.flat()].flatMap(({ margins }) => [margins[0]!, margins.at(-1)!]));
  const [low, high] = range ? [Math.min(0, range[0]), Math.max(0, range[1])] : [0, 1];
  const pad = (high - low) * 0.03 || 1;
  const what = isDirection ? 'margin / ‖w‖₂' : 'margin';
  const seed = grid.seeds.length > 1 ? `, seed ${shownSeed(input)}` : '';
  return {
    rows,
    spec: {
      theme,
      marks: [
        { kind: 'line', x: [0, 0], y: [-0.5, rows.length - 0.5], colour: theme.muted, width: 1, dash: [2, 3] },
        ...rows.flatMap((row, at) => rowMarks(row, at, input)),
        ...rows.flatMap((row, at) => earlier.flatMap((then) => ghostMarks(sameRow(row, then), at, input))),
      ],
      x: { title: what, min: low < 0 ? low - pad : low, max: high + pad },
      y: { title: '', min: -0.5, max: Math.max(0.5, rows.length - 0.5), isHidden: true, isReversed: true },
      texts: rows.flatMap((row, at) => rowTexts(row, rows[at - 1], at, input, sameRow(row, earlier[0]))),
    },
    empty: rows.length > 0 ? null : nothingText(input, unknown),
    subtitle: `y·f${isDirection ? ' / ‖w‖₂' : ''} at ${time.moment === null ? 'the end' : placeText(time.abscissa, time.moment)}${seed}`,
    caption: `Dots: training examples; bar: the middle 80 %; stroke: the median. Right: smallest margin / median.${unknown > 0 ? ` Left out: ${unknown} of which not all examples are classified, so that their labels are not known here.` : ''}${earlier.some((then) => then.length > 0) ? ` ${GHOSTS}` : ''}`,
    spoken: `Margins. ${rows.map((row) => `${cellName(row.cell)}: from ${number(row.margins[0])} to ${number(row.margins.at(-1))}`).join('; ')}`,
    table: {
      columns: ['run', 'smallest', '10 %', 'median', '90 %', 'largest', 'norm'],
      rows: rows.map(({ cell, margins, scale }) => [
        cellName(cell),
        ...[0, 0.1, 0.5, 0.9, 1].map((share) => number(quantile(margins, share))),
        number(scale),
      ]),
    },
  };
}

/** The row of the same cell among those of a pinned run. */
const sameRow = ({ cell }: MarginRow, then: readonly MarginRow[] | undefined): MarginRow | undefined =>
  then?.find((row) => cellKey(row.cell) === cellKey(cell));

/** Where smallest margin and median of a pinned run were: grey strokes. */
function ghostMarks(row: MarginRow | undefined, y: number, { theme }: ChartInput): Mark[] {
  if (!row) return [];
  return [row.margins[0]!, quantile(row.margins, 0.5)].map((x) => ({
    ...{ kind: 'line', cell: cellKey(row.cell), x: [x, x], y: [y - 0.42, y + 0.42] },
    ...{ colour: theme.muted, width: 1.75, dash: [1, 3] },
  }));
}

function rowMarks({ cell, margins }: MarginRow, y: number, input: ChartInput): Mark[] {
  const { colour, dash } = input.style(cell.parameterization, cell.optimizer);
  const key = { cell: cellKey(cell) };
  const stride = Math.max(1, Math.ceil(margins.length / MOST_DOTS));
  const shown = margins.filter((_, i) => i % stride === 0);
  return [
    {
      ...{ kind: 'box', ...key, x: [quantile(margins, 0.1), quantile(margins, 0.9)], y: [y, y], height: 13 },
      ...{ fill: translucent(colour, 0.2), stroke: colour, dash },
    },
    {
      ...{ kind: 'points', ...key, x: shown, y: shown.map((_, i) => y + 0.24 * Math.sin(i * 2.4)) },
      ...{ shape: 'circle', radius: 1.8, fill: translucent(colour, 0.55) },
    },
    {
      kind: 'points',
      ...key,
      x: [quantile(margins, 0.5)],
      y: [y],
      shape: 'stroke',
      radius: 8,
      fill: colour,
      strokeWidth: 3,
    },
  ];
}

function rowTexts(
  { cell, margins }: MarginRow,
  above: MarginRow | undefined,
  y: number,
  input: ChartInput,
  earlier: MarginRow | undefined,
): MarginText[] {
  const ratio = (of: readonly number[]) => number(of[0]! / quantile(of, 0.5), 2);
  const was = earlier ? { below: `was ${ratio(earlier.margins)}` } : {};
  return [
    rowLabel(cell, above?.cell, y, input),
    { side: 'right', y, text: ratio(margins), colour: input.theme.foreground, ...was },
  ];
}

function nothingText(input: ChartInput, unknown: number): string {
  if (unknown > 0)
    return 'Not all examples are classified at the end, so that their labels are not known for this seed.';
  return emptyText(input, 'The margins of the training examples will appear here.');
}

/** The numbers of one row, for a tooltip. */
export function marginNumbers({ margins }: MarginRow) {
  return [
    { text: 'smallest', value: number(margins[0]) },
    { text: 'median', value: number(quantile(margins, 0.5)) },
    { text: 'largest', value: number(margins.at(-1)) },
  ];
}
