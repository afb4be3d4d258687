import { type Spread, tallyText } from '../../extension/lab/results/index.ts';
import { shownName } from '../../extension/report/shownName.ts';
import { createCard } from '../card.ts';
import { axis, createScatter, type ScatterChart, type ScatterDataset, themedOptions } from '../charts/chartjs.ts';
import { beyond, type CellErrors, cellErrors, cellText, largestError, startingError } from '../charts/errors.ts';
import type { ChartInput } from '../charts/input.ts';
import { drawRows } from '../charts/rows.ts';
import { error, errorSpread } from '../format.ts';
import { type CellStyle, translucent } from '../palette.ts';
import type { Tile } from './tile.ts';

/** Offset of each seed within ±`reach`, so that seeds do not cover each other. */
function offset(index: number, count: number, reach: number): number {
  return count < 2 ? 0 : ((index / (count - 1)) * 2 - 1) * reach;
}

function dots(
  row: number,
  reach: number,
  errors: CellErrors,
  { colour, marker }: CellStyle,
  input: ChartInput,
): ScatterDataset[] {
  const { cell } = errors;
  const name = `${shownName(cell.parameterization)} · ${shownName(cell.optimizer)}`;
  const seeds = (values: (number | null)[], part: string): ScatterDataset => ({
    data: values.flatMap((x, i) => (x === null ? [] : [{ x, y: row + offset(i, values.length, reach) }])),
    label: `${name}, one seed, ${part}`,
    pointStyle: 'circle',
    pointRadius: 2,
    pointBorderWidth: 0,
    pointBackgroundColor: translucent(colour, 0.7),
    order: 2,
  });
  const mean = (at: Spread | null, part: string): ScatterDataset => ({
    data: at ? [{ x: at.mean, y: row }] : [],
    label: `${name}, ${part}`,
    pointStyle: part === 'train' ? 'line' : marker,
    pointRotation: part === 'train' ? 90 : 0,
    pointRadius: part === 'train' ? 8 : 6,
    pointBorderColor: part === 'train' ? colour : input.theme.surface,
    pointBorderWidth: part === 'train' ? 3.5 : 1.5,
    pointBackgroundColor: colour,
    order: 0,
  });
  return [
    mean(errors.trainSpread, 'train'),
    mean(errors.testSpread, 'test'),
    ...(cell.runs.length > 1 ? [seeds(errors.train, 'train'), seeds(errors.test, 'test')] : []),
  ];
}

/** Train and test error by cell; the bar between them is the generalization gap. */
export function createGeneralization(): Tile {
  const card = createCard('generalization', 'Generalization');
  let rows: { errors: CellErrors; style: CellStyle }[] = [];
  let input: ChartInput | null = null;
  const chart = createScatter(card.body, [
    {
      id: 'rows',
      beforeDatasetsDraw: () => {
        if (input) drawRows(chart, rows, input);
      },
    },
  ]);

  return {
    element: card.element,
    update(next) {
      input = next;
      const { cells, experiment, grid, theme } = next;
      const { errorName } = grid.problem;
      rows = cellErrors(cells, experiment).map((errors) => ({
        errors,
        style: next.style(errors.cell.parameterization, errors.cell.optimizer),
      }));
      const known = rows.some(({ errors }) => errors.trainSpread ?? errors.testSpread);
      card.empty(
        cells.length === 0
          ? 'Everything is hidden in the legend.'
          : known
            ? null
            : 'Train and test error of each combination will appear here.',
      );
      card.element.style.setProperty('--rows', String(rows.length));
      const reach = Math.min(0.24, (11 * rows.length) / Math.max(1, chart.height));
      chart.data.datasets = rows.flatMap(({ errors, style }, row) => dots(row, reach, errors, style, next));
      const all = rows.map(({ errors }) => errors);
      const end = largestError(all, startingError(experiment)) * 1.03;
      const outside = beyond(all, end);
      const options = themedOptions(theme);
      options.layout = { padding: { ...margins(chart, rows, next), top: 2 } };
      options.interaction = { mode: 'nearest', intersect: true };
      options.scales = {
        x: {
          ...axis(theme, errorName, (value) => error(value, errorName)),
          min: 0,
          max: end > 0 ? end : undefined,
        },
        y: { type: 'linear', display: false, reverse: true, min: -0.5, max: rows.length - 0.5 },
      };
      options.plugins = {
        tooltip: {
          ...options.plugins?.tooltip,
          callbacks: {
            label: ({ dataset, parsed }) => ` ${dataset.label}: ${error(parsed.x, errorName)}`,
          },
        },
      };
      chart.options = options;
      chart.update('none');
      const test = grid.problem.test > 0;
      card.caption(
        !known
          ? ''
          : test
            ? `Bar: the gap from train ( | ) to test (marker). Right: test ${errorName}${grid.seeds.length > 1 ? `, mean ± sample standard deviation over ${seedsText(rows)}; dots: seeds` : ''}.${outside.length > 0 ? ` Beyond the axis: ${outside.join(', ')}.` : ''}`
            : `This problem has no test data: training ${errorName} alone.`,
      );
      chart.canvas.setAttribute('aria-label', spoken(rows, errorName));
    },
  };
}

/** Margins for the names on the left and the numbers on the right. */
function margins(chart: ScatterChart, rows: { errors: CellErrors }[], { theme, grid }: ChartInput) {
  const { ctx } = chart;
  const widest = (texts: string[]) => Math.max(0, ...texts.map((text) => ctx.measureText(text).width));
  ctx.save();
  ctx.font = `bold ${theme.font.size}px ${theme.font.family}`;
  const names = widest(
    rows.flatMap(({ errors: { cell } }) => [shownName(cell.parameterization), shownName(cell.optimizer)]),
  );
  ctx.font = `${theme.font.size + 1}px ${theme.font.family}`;
  const texts = rows.map(({ errors }) => cellText(errors, grid));
  const numbers = widest(texts.map(({ short }) => short));
  ctx.font = `${theme.font.size - 1}px ${theme.font.family}`;
  const lost = widest(texts.map(({ lost: text }) => text));
  ctx.restore();
  return {
    left: Math.min(names + 14, Math.max(80, chart.width * 0.3)),
    right: Math.max(40, Math.max(numbers, lost) + 14),
  };
}

/** The number of seeds behind the spreads. */
function seedsText(rows: { errors: CellErrors }[]): string {
  const counts = new Set(rows.flatMap(({ errors }) => errors.trainSpread?.n ?? []));
  return counts.size === 1 ? `n = ${[...counts][0]} seeds` : 'the n seeds that finished';
}

const lostText = (tally: CellErrors['tally']) => {
  const text = tallyText(tally);
  return text && ` (${text})`;
};

function spoken(rows: { errors: CellErrors }[], errorName: 'error rate' | 'RMSE'): string {
  const parts = rows.map(
    ({ errors: { cell, trainSpread, testSpread, tally } }) =>
      `${shownName(cell.parameterization)} with ${shownName(cell.optimizer)}: train ${errorSpread(trainSpread, errorName)}, test ${errorSpread(testSpread, errorName)}${lostText(tally)}`,
  );
  return `Generalization, ${errorName}. ${parts.join('; ')}`;
}
