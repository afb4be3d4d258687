import type { SampleBatch } from '../../extension/lab/results.ts';
import { createCard, segmented } from '../card.ts';
import type { Cell } from '../cells.ts';
import { error, integer, number } from '../format.ts';
import { translucent } from '../palette.ts';
import type { Preferences } from '../preferences.ts';
import { type Band, bandOf } from '../statistics.ts';
import { thin } from '../thin.ts';
import { axis, createScatter, type ScatterDataset, themedOptions } from './chartjs.ts';
import type { View, ViewInput } from './view.ts';

/** More points than this a curve cannot show in a panel. */
const pointLimit = 240;

type Column = 'trainLoss' | 'trainError' | 'testLoss' | 'testError';

/** The seeds of a cell as one band, ready for its axes: points that a logarithmic axis cannot show are gone. */
export function cellBand(
  cell: Cell,
  samples: ReadonlyMap<number, SampleBatch>,
  column: Column,
  { x, logX, logY }: { x: 'step' | 'time'; logX: boolean; logY: boolean },
): Band {
  const series = cell.runs
    .map((run) => samples.get(run.id))
    .filter((curve): curve is SampleBatch => curve !== undefined)
    .map((curve) => ({ x: curve[x], y: curve[column] }));
  const band = bandOf(series);
  const kept = thin(band.x, band.mean, pointLimit, logX ? 'log' : 'linear').filter((i) => !logY || band.mean[i] > 0);
  const pick = (values: number[]) => kept.map((i) => values[i]);
  const low = pick(band.low);
  const mean = pick(band.mean);
  const floor = Math.min(...low.filter((value) => value > 0), ...mean);
  return {
    x: pick(band.x),
    mean,
    low: logY ? low.map((value) => (value > 0 ? value : floor)) : low,
    high: pick(band.high),
    count: pick(band.count),
  };
}

/** The data sets of one cell's train or test curve: its mean, and for several seeds the band as two edges with a fill between. */
function datasets(band: Band, cell: Cell, input: ViewInput, part: 'train' | 'test'): ScatterDataset[] {
  const { colour, dash, dashOffset, marker } = input.style(cell.parameterization, cell.optimizer);
  const points = (values: number[]) => band.x.map((x, i) => ({ x, y: values[i] }));
  const every = Math.max(1, Math.ceil(band.x.length / 9));
  const line: ScatterDataset = {
    data: points(band.mean),
    label: `${cell.parameterization} · ${cell.optimizer}, ${part}`,
    showLine: true,
    borderColor: part === 'train' ? colour : translucent(colour, 0.85),
    backgroundColor: input.theme.surface,
    borderWidth: part === 'train' ? 2.5 : 1.25,
    borderDash: [...dash],
    borderDashOffset: dashOffset,
    borderJoinStyle: 'round',
    pointStyle: marker,
    pointRadius: part === 'train' ? 0 : (context) => (context.dataIndex % every === every >> 1 ? 3.5 : 0),
    pointBorderWidth: 1.5,
    pointHoverRadius: 4,
    pointHitRadius: 6,
    order: 0,
  };
  if (Math.max(0, ...band.count) < 2) return [line];
  const edge: ScatterDataset = {
    data: [],
    showLine: true,
    borderWidth: 0,
    pointRadius: 0,
    pointHitRadius: 0,
    order: 1,
  };
  const fill = translucent(colour, part === 'train' ? 0.16 : 0.09);
  return [
    line,
    { ...edge, data: points(band.low), fill: false },
    { ...edge, data: points(band.high), fill: '-1', backgroundColor: fill },
  ];
}

/** Loss and error over the steps, seeds as mean and band, growing while the runs go on. */
export function createCurves(change: (preferences: Partial<Preferences>) => void): View {
  const card = createCard('curves', 'Curves');
  const chart = createScatter(card.body);
  let preferences: Preferences | null = null;
  const quantity = segmented(
    'Quantity',
    [
      { value: 'loss', label: 'loss' },
      { value: 'error', label: 'error' },
    ],
    (value) => change({ quantity: value }),
  );
  const x = segmented(
    'Horizontal axis',
    [
      { value: 'step', label: 'step', title: 'Optimizer steps' },
      { value: 'time', label: 'time', title: 'rate · steps; of a flow its t' },
    ],
    (value) => change({ x: value }),
  );
  const scales = [
    { value: 'linear', label: 'lin' },
    { value: 'log', label: 'log' },
  ] as const;
  const scaleX = segmented('Scale of the horizontal axis', scales, (value) => change({ logX: value === 'log' }));
  const scaleY = segmented('Scale of the vertical axis', scales, (value) => {
    if (preferences) change({ logY: { ...preferences.logY, [preferences.quantity]: value === 'log' } });
  });
  card.tools.append(quantity.element, scaleY.element, x.element, scaleX.element);

  return {
    element: card.element,
    update(input) {
      preferences = input.preferences;
      const { experiment, grid, cells, theme } = input;
      const { quantity: shown, logX } = preferences;
      const logY = preferences.logY[shown];
      quantity.set(shown);
      x.set(preferences.x);
      scaleX.set(logX ? 'log' : 'linear');
      scaleY.set(logY ? 'log' : 'linear');

      const axes = { x: preferences.x, logX, logY };
      const suffix = shown === 'loss' ? 'Loss' : 'Error';
      const parts = grid.problem.test > 0 ? (['train', 'test'] as const) : (['train'] as const);
      chart.data.datasets = cells.flatMap((cell) =>
        parts.flatMap((part) =>
          datasets(cellBand(cell, experiment.samples, `${part}${suffix}`, axes), cell, input, part),
        ),
      );
      const isEmpty = chart.data.datasets.every((one) => one.data.length === 0);
      card.empty(isEmpty ? emptyText(input) : null);

      const value = (y: number) => (shown === 'error' ? error(y, grid.problem.errorName) : number(y));
      const name = shown === 'error' ? grid.problem.errorName : 'loss';
      const options = themedOptions(theme);
      options.scales = {
        x: {
          ...axis(theme, preferences.x === 'step' ? 'step' : 'time = rate · step', (at) => number(at), logX),
          max: preferences.x === 'step' && grid.steps ? grid.steps : undefined,
        },
        y: axis(theme, name, value, logY),
      };
      options.plugins = {
        tooltip: {
          ...options.plugins?.tooltip,
          callbacks: {
            title: ([item]) =>
              item
                ? `${preferences?.x === 'step' ? 'step' : 't ='} ${preferences?.x === 'step' ? integer(item.parsed.x) : number(item.parsed.x)}`
                : '',
            label: (item) => ` ${item.dataset.label}: ${value(item.parsed.y ?? Number.NaN)}`,
          },
          filter: (item) => item.dataset.label !== undefined,
        },
      };
      chart.options = options;
      chart.update('none');
      const seeds = grid.seeds.length;
      card.caption(seeds > 1 ? `Lines: mean over ${seeds} seeds; bands: from the smallest to the largest.` : '');
      chart.canvas.setAttribute(
        'aria-label',
        `Curves of the ${name} over ${preferences.x} for ${cells.map((cell) => `${cell.parameterization} with ${cell.optimizer}`).join(', ')}`,
      );
    },
  };
}

function emptyText({ cells, experiment, preferences }: ViewInput): string {
  if (cells.length === 0) return 'Everything is switched off in the legend.';
  if (experiment.samples.size > 0 && preferences.logY[preferences.quantity])
    return 'Nothing above zero to show on a logarithmic axis.';
  return 'The first samples will appear here.';
}
