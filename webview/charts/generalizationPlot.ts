/** Train and test error of every cell, with the gap between them. */
import type { Spread } from '../../extension/lab/results/index.ts';
import { cellKey, cellName } from '../cells.ts';
import { error, errorSpread } from '../format.ts';
import { translucent } from '../palette.ts';
import type { Mark } from '../plot/marks.ts';
import type { MarginText } from '../plot/spec.ts';
import { shareLabels } from '../plot/tickLabels.ts';
import type { PlotContents } from './contents.ts';
import { emptyText } from './emptyText.ts';
import { beyond, type CellErrors, cellErrors, cellText, largestError, startingError } from './errors.ts';
import { GHOSTS } from './ghosts.ts';
import type { ChartInput } from './input.ts';
import { rowLabel } from './rowLabel.ts';

/** A row of the chart, from the top. */
export interface GeneralizationPlot extends PlotContents {
  rows: CellErrors[];
}

export function generalizationPlot(input: ChartInput): GeneralizationPlot {
  const { cells, experiment, grid, theme } = input;
  const { errorName, test } = grid.problem;
  const rows = cellErrors(cells, experiment);
  const isKnown = rows.some(({ trainSpread, testSpread }) => trainSpread ?? testSpread);
  const end = largestError(rows, startingError(experiment)) * 1.03;
  const outside = beyond(rows, end);
  const several = grid.seeds.length > 1;
  return {
    rows,
    spec: {
      theme,
      marks: [
        ...rows.flatMap((row, at) => ghostMarks(row, at, input, end)),
        ...rows.flatMap((row, at) => rowMarks(row, at, input, end)),
      ],
      x: {
        title: errorName,
        min: 0,
        max: end > 0 ? end : 1,
        ...(errorName === 'error rate' ? { labels: shareLabels } : {}),
      },
      y: { title: '', min: -0.5, max: Math.max(0.5, rows.length - 0.5), isHidden: true, isReversed: true },
      texts: rows.flatMap((row, at) => rowTexts(row, rows[at - 1], at, input)),
    },
    empty: isKnown ? null : emptyText(input, 'Train and test error of each combination will appear here.'),
    subtitle: test > 0 ? `gap from train to test ${errorName}` : `training ${errorName}`,
    caption:
      test > 0
        ? `Bar: from train ( | ) to test (marker).${several ? ` Whisker and ±: sample standard deviation over ${seedsText(rows)}; dots: seeds.` : ''}${outside.length > 0 ? ` Beyond the axis: ${outside.join(', ')}.` : ''}${(input.pinned ?? []).length > 0 ? ` ${GHOSTS}` : ''}`
        : `This problem has no test data: training ${errorName} alone.`,
    spoken: `Generalization, ${errorName}. ${rows.map((row) => spoken(row, errorName)).join('; ')}`,
    table: {
      columns: ['run', `train ${errorName}`, ...(test > 0 ? [`test ${errorName}`] : []), 'n', 'not averaged'],
      rows: rows.map((row) => [
        cellName(row.cell),
        errorSpread(row.trainSpread, errorName),
        ...(test > 0 ? [errorSpread(row.testSpread, errorName)] : []),
        String(row.trainSpread?.n ?? 0),
        cellText(row, grid).lost,
      ]),
    },
  };
}

/** The middle of the bar of a row is this high, as a share of the row. */
const BAR = 0.5;

function rowMarks(
  { cell, train, test, trainSpread, testSpread }: CellErrors,
  row: number,
  input: ChartInput,
  end: number,
): Mark[] {
  const { colour, dash, marker } = input.style(cell.parameterization, cell.optimizer);
  const key = { cell: cellKey(cell) };
  const inside = (value: number) => Math.min(value, end * 1.05);
  const seeds = (values: readonly (number | null)[]): Mark => {
    const known = values.flatMap((x, i) => (x === null ? [] : [{ x, y: row + offset(i, values.length) }]));
    return {
      kind: 'points',
      ...key,
      x: known.map(({ x }) => x),
      y: known.map(({ y }) => y),
      shape: 'circle',
      radius: 2,
      fill: translucent(colour, 0.7),
    };
  };
  const mean = (at: Spread | null, part: 'train' | 'test'): Mark[] => {
    if (!at) return [];
    const look =
      part === 'train'
        ? { shape: 'stroke' as const, radius: 8, fill: colour, strokeWidth: 3.5 }
        : { shape: marker, radius: 5.5, fill: colour, stroke: input.theme.surface, strokeWidth: 1.25 };
    return [{ kind: 'points', ...key, x: [inside(at.mean)], y: [row], ...look }];
  };
  const marks: Mark[] = [];
  if (trainSpread && testSpread) {
    marks.push({
      kind: 'box',
      ...key,
      x: [inside(trainSpread.mean), inside(testSpread.mean)],
      y: [row - BAR / 2, row + BAR / 2],
      height: 13,
      fill: translucent(colour, 0.24),
      stroke: colour,
      dash,
    });
    const { mean: middle, deviation } = testSpread;
    if (deviation !== null)
      marks.push({
        kind: 'line',
        ...key,
        x: [Math.max(0, middle - deviation), inside(middle + deviation)],
        y: [row, row],
        colour,
        width: 2,
      });
  }
  marks.push(
    ...(test.length > 1 ? [seeds(train), seeds(test)] : []),
    ...mean(trainSpread, 'train'),
    ...mean(testSpread, 'test'),
  );
  return marks;
}

/** The error of the same cell in each pinned run. */
function earlierErrors({ cell }: CellErrors, { pinned = [] }: ChartInput): (Spread | null)[] {
  return pinned.map(({ cells, experiment, grid }) => {
    const same = cells.find((one) => cellKey(one) === cellKey(cell));
    const [errors] = same ? cellErrors([same], experiment) : [];
    return (grid.problem.test > 0 ? errors?.testSpread : errors?.trainSpread) ?? null;
  });
}

/** Where the means of pinned runs were: grey strokes across the bar. */
function ghostMarks(row: CellErrors, y: number, input: ChartInput, end: number): Mark[] {
  const { muted } = input.theme;
  return earlierErrors(row, input).flatMap((spread): Mark[] =>
    spread && spread.mean <= end
      ? [
          {
            ...{ kind: 'line', cell: cellKey(row.cell), x: [spread.mean, spread.mean], y: [y - 0.42, y + 0.42] },
            ...{ colour: muted, width: 1.75, dash: [1, 3] },
          },
        ]
      : [],
  );
}

/** Offset of each seed from the middle of its row, so that seeds do not cover each other. */
function offset(index: number, count: number): number {
  return count < 2 ? 0 : ((index / (count - 1)) * 2 - 1) * 0.26;
}

function rowTexts(row: CellErrors, above: CellErrors | undefined, y: number, input: ChartInput): MarginText[] {
  const { value, lost } = cellText(row, input.grid);
  const { foreground } = input.theme;
  const [latest] = earlierErrors(row, input);
  const was = latest ? `was ${errorSpread(latest, input.grid.problem.errorName)}` : '';
  const below = [lost, was].filter(Boolean).join(', ');
  return [
    rowLabel(row.cell, above?.cell, y, input),
    { side: 'right', y, text: value, colour: foreground, ...(below ? { below } : {}) },
  ];
}

/** The number of seeds behind the spreads. */
function seedsText(rows: readonly CellErrors[]): string {
  const counts = new Set(rows.flatMap(({ trainSpread }) => trainSpread?.n ?? []));
  return counts.size === 1 ? `n = ${[...counts][0]} seeds` : 'the n seeds that finished';
}

function spoken(row: CellErrors, errorName: 'error rate' | 'RMSE'): string {
  const { cell, trainSpread, testSpread } = row;
  const { lost } = cellText(row, { problem: { test: 0, errorName } });
  return `${cellName(cell)}: train ${errorSpread(trainSpread, errorName)}, test ${errorSpread(testSpread, errorName)}${lost && ` (${lost})`}`;
}

/** The numbers of one row, for a tooltip. */
export function rowNumbers(row: CellErrors, { grid }: Pick<ChartInput, 'grid'>) {
  const { errorName, test } = grid.problem;
  const { lost } = cellText(row, grid);
  const gap = row.trainSpread && row.testSpread ? row.testSpread.mean - row.trainSpread.mean : null;
  return [
    { text: `train ${errorName}`, value: errorSpread(row.trainSpread, errorName) },
    ...(test > 0
      ? [
          { text: `test ${errorName}`, value: errorSpread(row.testSpread, errorName) },
          { text: 'gap', value: error(gap, errorName) },
        ]
      : []),
    { text: 'seeds', value: `${row.trainSpread?.n ?? 0}${lost ? ` (${lost})` : ''}` },
  ];
}
