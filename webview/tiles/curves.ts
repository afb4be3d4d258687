import type { Cell } from '../../extension/lab/results/index.ts';
import { shownName } from '../../extension/report/shownName.ts';
import { createCard } from '../card.ts';
import { cellBand, divergedBands, rangeWith } from '../charts/cellBand.ts';
import { axis, createScatter, type ScatterDataset, themedOptions } from '../charts/chartjs.ts';
import { createCurveTools } from '../charts/curveTools.ts';
import type { ChartInput } from '../charts/input.ts';
import { theoriesNamed, theoryCurves } from '../charts/theoryCurves.ts';
import { error, integer, number, power } from '../format.ts';
import { translucent } from '../palette.ts';
import type { Preferences } from '../preferences.ts';
import { knownOf } from '../state.ts';
import type { Band } from '../statistics.ts';
import type { Tile } from './tile.ts';

const points = ({ x }: Band, values: number[]) => x.map((at, i) => ({ x: at, y: values[i]! }));

/** The mean of one cell's train or test curve. */
function lineOf(band: Band, cell: Cell, input: ChartInput, part: 'train' | 'test'): ScatterDataset {
  const { colour, dash, dashOffset, marker } = input.style(cell.parameterization, cell.optimizer);
  const every = Math.max(1, Math.ceil(band.x.length / 9));
  return {
    data: points(band, band.mean),
    label: `${shownName(cell.parameterization)} · ${shownName(cell.optimizer)}, ${part}`,
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
}

/** The datasets of a cell's train or test curve: its mean and, with several seeds, the band as two filled edges. */
function datasets(band: Band, cell: Cell, input: ChartInput, part: 'train' | 'test'): ScatterDataset[] {
  const line = lineOf(band, cell, input, part);
  if (!band.count.some((count) => count > 1)) return [line];
  const { colour } = input.style(cell.parameterization, cell.optimizer);
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
    { ...edge, data: points(band, band.low), fill: false },
    { ...edge, data: points(band, band.high), fill: '-1', backgroundColor: fill },
  ];
}

/** A seed that diverged, as a thin line that leaves the chart. */
function divergedLine(band: Band, cell: Cell, input: ChartInput, part: 'train' | 'test'): ScatterDataset {
  const line = lineOf(band, cell, input, part);
  const name = `${shownName(cell.parameterization)} · ${shownName(cell.optimizer)}, ${part}, diverged`;
  return { ...line, label: name, borderWidth: 0.75, pointRadius: 0, order: 2 };
}

/** Loss and error over steps or time, with seeds as mean and band, updated while the runs go on. */
export function createCurves(change: (preferences: Partial<Preferences>) => void): Tile {
  const card = createCard('curves', 'Curves');
  const chart = createScatter(card.body);
  const tools = createCurveTools(change);
  card.tools.append(...tools.elements);

  return {
    element: card.element,
    update(input) {
      const { experiment, grid, cells, theme, preferences } = input;
      const { quantity: shown, logX } = preferences;
      const logY = preferences.logY[shown];
      tools.update(preferences);

      const known = knownOf(experiment);
      const axes = { x: preferences.x, logX, logY };
      const suffix = shown === 'loss' ? 'Loss' : 'Error';
      const parts = grid.problem.test > 0 ? (['train', 'test'] as const) : (['train'] as const);
      const curves = cells.flatMap((cell) =>
        parts.map((part) => ({ cell, part, band: cellBand(cell, known, `${part}${suffix}`, axes) })),
      );
      const lost = cells.flatMap((cell) =>
        parts.flatMap((part) =>
          divergedBands(cell, known, `${part}${suffix}`, axes).map((band) => ({ cell, part, band })),
        ),
      );
      chart.data.datasets = [
        ...curves.flatMap(({ cell, part, band }) => datasets(band, cell, input, part)),
        ...lost.map(({ cell, part, band }) => divergedLine(band, cell, input, part)),
        ...(shown === 'loss' ? theoryCurves(input, axes) : []),
      ];
      const isEmpty = chart.data.datasets.every((one) => one.data.length === 0);
      card.empty(isEmpty ? emptyText(input) : null);

      const value = (y: number) => (shown === 'error' ? error(y, grid.problem.errorName) : number(y));
      const place = (at: number) => (preferences.x === 'step' ? `step ${integer(at)}` : `t = ${number(at)}`);
      const name = shown === 'error' ? grid.problem.errorName : 'loss';
      const bands = curves.map(({ band }) => band);
      const rangeY = rangeWith(
        bands,
        lost.map(({ band }) => band),
        logY,
      );
      const options = themedOptions(theme);
      options.scales = {
        x: {
          ...axis(
            theme,
            preferences.x === 'step' ? 'step' : 'time = rate · step',
            logX && preferences.x === 'time' ? power : number,
            logX,
          ),
          max: lastX(bands, preferences.x === 'step' ? grid.steps : null),
        },
        y: { ...axis(theme, name, logY && shown === 'loss' ? power : value, logY), ...rangeY },
      };
      options.plugins = {
        tooltip: {
          ...options.plugins?.tooltip,
          callbacks: {
            title: ([item]) => (item ? place(item.parsed.x ?? Number.NaN) : ''),
            label: (item) => ` ${item.dataset.label}: ${value(item.parsed.y ?? Number.NaN)}`,
          },
          filter: (item) => item.dataset.label !== undefined,
        },
      };
      chart.options = options;
      chart.update('none');
      const seeds = grid.seeds.length;
      const theories = theoriesNamed(chart.data.datasets.map(({ label }) => label));
      card.caption(
        [
          seeds > 1 && !isEmpty
            ? `Lines: mean over ${lost.length > 0 ? 'the seeds that did not diverge' : `${seeds} seeds`}; bands: from the smallest to the largest.`
            : '',
          lost.length > 0 ? 'Thin lines: runs that diverged.' : '',
          theories ? `Dots: ${theories}, predicted by theory${seeds > 1 ? ` (seed ${grid.seeds[0]})` : ''}.` : '',
        ]
          .filter(Boolean)
          .join(' '),
      );
      chart.canvas.setAttribute(
        'aria-label',
        `Curves of the ${name} over ${preferences.x} for ${cells.map((cell) => `${shownName(cell.parameterization)} with ${shownName(cell.optimizer)}`).join(', ')}`,
      );
    },
  };
}

/** End of the horizontal axis: the planned steps, so that the frame does not change while curves grow; more if a flow took more. */
function lastX(bands: readonly Band[], planned: number | null): number | undefined {
  if (planned === null) return undefined;
  return bands.reduce((last, { x }) => Math.max(last, x[x.length - 1] ?? 0), planned);
}

function emptyText({ cells, experiment, preferences }: ChartInput): string {
  if (cells.length === 0) return 'Everything is hidden in the legend.';
  if (experiment.samples.size > 0 && preferences.logY[preferences.quantity])
    return 'Nothing above zero to show on a logarithmic axis.';
  return 'The first samples will appear here.';
}
