import { counts } from '../../extension/lab/results/index.ts';
import type { Projection, RunIdentity } from '../../extension/lab/results.ts';
import { shownName } from '../../extension/report/shownName.ts';
import { createCard } from '../card.ts';
import { axis, createScatter, type ScatterDataset, type ScatterOptions, themedOptions } from '../charts/chartjs.ts';
import type { ChartInput } from '../charts/input.ts';
import { drawLabels, type PointLabel } from '../charts/labels.ts';
import { equalRanges, type Range, rangeOf } from '../charts/ranges.ts';
import { number, percent } from '../format.ts';
import { translucent } from '../palette.ts';
import type { Tile } from './tile.ts';

/** Fixed width of the vertical axis, so that equal scales do not depend on its labels. */
const axisWidth = 54;

function axisTitle({ axes, explained }: Projection, index: 0 | 1): string {
  if (axes === 'plane') return index === 0 ? 'w₁' : 'w₂';
  const share = `${percent(explained[index])} of variance`;
  return index === 0 ? `1st principal direction · ${share}` : `2nd direction · ${share}`;
}

function path(run: RunIdentity, x: Float32Array, y: Float32Array, input: ChartInput): ScatterDataset {
  const { colour, dash, dashOffset, marker } = input.style(run.parameterization, run.optimizer);
  const last = x.length - 1;
  return {
    data: Array.from(x, (value, i) => ({ x: value, y: y[i]! })),
    label: `${shownName(run.parameterization)} · ${shownName(run.optimizer)}, seed ${run.seed}`,
    showLine: true,
    borderColor: translucent(colour, 0.8),
    borderWidth: 1.75,
    borderDash: [...dash],
    borderDashOffset: dashOffset,
    pointStyle: ({ dataIndex }) => (dataIndex === 0 ? 'circle' : marker),
    pointRadius: ({ dataIndex }) => (dataIndex === 0 ? 3.5 : dataIndex === last ? 4.5 : 0),
    pointBorderColor: ({ dataIndex }) => (dataIndex === 0 ? input.theme.foreground : input.theme.surface),
    pointBackgroundColor: ({ dataIndex }) => (dataIndex === 0 ? input.theme.surface : colour),
    pointBorderWidth: 1,
    pointHitRadius: 5,
    order: 1,
  };
}

/** A direction predicted by theory: a dashed line from zero. */
function ray({ x, y, from }: Projection['targets'][number], { theme }: ChartInput): ScatterDataset[] {
  if (!from) return [];
  return [
    {
      data: [from, { x, y }],
      showLine: true,
      borderColor: translucent(theme.foreground, theme.highContrast ? 1 : 0.6),
      borderWidth: 1,
      borderDash: [3, 4],
      pointRadius: 0,
      pointHitRadius: 0,
      order: 2,
    },
  ];
}

/** All runs in function space, where training is a path of predictors for every parameterization. */
export function createTrajectories(): Tile {
  const card = createCard('trajectories', 'Trajectories in function space');
  let input: ChartInput | null = null;
  let ranges: { x: Range; y: Range } | null = null;
  let options: ScatterOptions = {};
  let labels: PointLabel[] = [];

  const chart = createScatter(card.body, [
    {
      id: 'targets',
      afterDatasetsDraw: () => {
        if (input) drawLabels(chart, labels, input.theme);
      },
    },
  ]);

  /** Fits the axes to the current chart area, and draws. */
  function draw(again = true): void {
    const { width, height } = area();
    if (ranges && options.scales?.x && options.scales.y) {
      const { x, y } = equalRanges(ranges.x, ranges.y, width, height);
      Object.assign(options.scales.x, { min: x[0], max: x[1] });
      Object.assign(options.scales.y, { min: y[0], max: y[1] });
    }
    chart.options = options;
    chart.update('none');
    const drawn = area();
    if (again && (Math.abs(drawn.width - width) > 1 || Math.abs(drawn.height - height) > 1)) draw(false);
  }

  const area = () => ({
    width: Math.max(40, chart.chartArea?.width ?? 300),
    height: Math.max(40, chart.chartArea?.height ?? 200),
  });

  return {
    element: card.element,
    update(next) {
      input = next;
      const { experiment, grid, cells, theme } = next;
      const { projection } = experiment;
      const runs = new Map(cells.flatMap((cell) => cell.runs).map((run) => [run.id, run]));
      const isLost = (run: number) => {
        const result = experiment.runs.get(run);
        return result !== undefined && !counts(result);
      };
      const there = (projection?.runs ?? []).filter(({ run, x }) => runs.has(run) && x.length > 0);
      const paths = there.filter(({ run }) => !isLost(run));
      const seed = projection?.seed ?? grid.seeds[0];
      const lost = [...runs.values()].filter((run) => run.seed === seed && isLost(run.id)).length;
      card.empty(paths.length > 0 ? null : emptyText(lost));
      card.caption(caption(next, paths.length > 0, lost));
      if (!projection) return;

      const targets = projection.targets;
      labels = targets.map(({ name, x, y }) => ({ text: name, x, y }));
      chart.data.datasets = [
        ...paths.map(({ run, x, y }) => path(runs.get(run)!, x, y, next)),
        ...targets.flatMap((target) => ray(target, next)),
        {
          data: targets.map(({ x, y }) => ({ x, y })),
          label: 'target',
          pointStyle: 'crossRot',
          pointRadius: 6,
          pointBorderColor: theme.foreground,
          pointBorderWidth: 2,
          order: 0,
        },
      ];
      const every = chart.data.datasets.flatMap((dataset) => dataset.data);
      const x = rangeOf(every.map((point) => point.x));
      const y = rangeOf(every.map((point) => point.y));
      ranges = x && y && { x, y };
      options = themedOptions(theme);
      options.onResize = () => requestAnimationFrame(() => draw());
      options.scales = {
        x: axis(theme, axisTitle(projection, 0), (value) => number(value)),
        y: {
          ...axis(theme, axisTitle(projection, 1), (value) => number(value)),
          afterFit: (scale) => {
            scale.width = axisWidth;
          },
        },
      };
      options.plugins = {
        tooltip: {
          ...options.plugins?.tooltip,
          callbacks: {
            label: ({ dataset, dataIndex }) =>
              ` ${dataset.label === 'target' ? targets[dataIndex]?.name : dataset.label}`,
          },
        },
      };
      draw();
      chart.canvas.setAttribute(
        'aria-label',
        `${paths.length} paths of ${projection.space} for ${grid.parameterizations.length} parameterizations under ${grid.optimizers.map((one) => one.name).join(', ')}`,
      );
    },
  };
}

function emptyText(lost: number): string {
  if (lost > 0)
    return `${lost === 1 ? 'The run' : `All ${lost} runs`} of this seed diverged: there is no path to draw.`;
  return 'Each run will draw its path here: one line from start to end.';
}

/** @param lost runs that diverged and are left out */
function caption({ experiment }: ChartInput, drawn: boolean, lost: number): string {
  const { projection } = experiment;
  if (!drawn || !projection) return '';
  const what = projection.space === 'training outputs' ? 'Outputs on the training data' : 'Predictors';
  const { targets: all } = projection;
  const hasTruth = all.some(({ name }) => name === 'truth');
  const hasTheory = all.length > (hasTruth ? 1 : 0);
  const isRay = all.some(({ from }) => from !== null);
  const said = [...(hasTruth ? ['the truth'] : []), ...(hasTheory ? ['predictions of theory'] : [])].join(' and ');
  const targets = all.length > 0 ? `, × ${said}${isRay ? ' (dashed: a direction)' : ''}` : '';
  return `${what} of seed ${projection.seed}: ○ start, filled end${targets}. Equal scales on both axes.${lost > 0 ? ` Left out: ${lost} that diverged.` : ''}`;
}
