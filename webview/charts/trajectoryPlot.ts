/** All runs in function space, where training is a path of predictors for every parameterization. */
import { counts } from '../../extension/lab/results/index.ts';
import { shownName } from '../../extension/report/shownName.ts';
import { cellKey, cellName } from '../cells.ts';
import { number, percent } from '../format.ts';
import { translucent } from '../palette.ts';
import type { Mark } from '../plot/marks.ts';
import { type Range, rangeOf, type View } from '../plot/ranges.ts';
import type { PlotContents } from './contents.ts';
import { ALL_HIDDEN } from './emptyText.ts';
import { type FunctionSpace, functionSpaceOf, type Path, shownSeed } from './functionSpace.ts';
import { GHOSTS, ghostLines } from './ghosts.ts';
import type { ChartInput } from './input.ts';
import { contourMarks } from './lossContours.ts';

/** Below these ratios of extents, and of standard deviations, equal scales would press all paths onto a line. */
const [THIN, FLAT] = [0.14, 0.12];

/** A direction that is thinner than this holds the rounding of the integration: stretched further, it would be all to see. */
const MOST_STRETCH = 1000;

export interface TrajectoryPlot extends PlotContents {
  space: FunctionSpace | null;
}

/** @param view the part to show; null for all of it */
export function trajectoryPlot(input: ChartInput, view: View | null): TrajectoryPlot {
  const { grid, cells, theme } = input;
  const space = functionSpaceOf(input);
  const lost = lostRuns(input, space?.seeds ?? [shownSeed(input)]);
  const near = space?.paths.filter(({ isFar, pinned }) => !isFar && pinned === null) ?? [];
  const [x, y] = wideEnough(rangeIn(space, 'x'), rangeIn(space, 'y'));
  const stretch = space && x && y ? stretchOf(x, y, space.explained) : 1;
  const isEqual = stretch === 1;
  const shown = view ?? (x && y ? { x: withMargin(x, isEqual ? 0 : 0.08), y: withMargin(y, isEqual ? 0 : 0.1) } : null);
  const marks = space && shown ? marksOf(input, space, shown) : [];
  const seedText =
    grid.seeds.length > 1 && space
      ? space.seeds.length > 1
        ? `all seeds, ${space.seeds[0]} in full`
        : `seed ${space.seeds[0]}`
      : '';
  return {
    space,
    spec: {
      theme,
      marks,
      isEqual: isEqual && !view,
      padding: { right: 14, top: 10 },
      x: { title: axisTitle(space, 0), min: shown?.x[0] ?? -1, max: shown?.x[1] ?? 1 },
      y: { title: axisTitle(space, 1), min: shown?.y[0] ?? -1, max: shown?.y[1] ?? 1 },
    },
    empty: near.length > 0 ? null : emptyText(cells.length, lost),
    subtitle: [space?.space === 'training outputs' ? 'outputs on the training data' : 'in function space', seedText]
      .filter(Boolean)
      .join(', '),
    caption: captionText(space, stretch, lost, view !== null),
    spoken: `${near.length} paths of ${space?.space ?? 'predictors'} for ${cells.map(cellName).join(', ')}`,
    table: {
      columns: ['run', 'seed', 'start', 'end', 'length of the path'],
      rows: near.map((path) => [
        cellName(path.run),
        String(path.run.seed),
        placeOf(path, 0),
        placeOf(path, path.x.length - 1),
        number(lengthOf(path)),
      ]),
    },
  };
}

const placeOf = ({ x, y }: Path, i: number) => `(${number(x[i])}, ${number(y[i])})`;

function lengthOf({ x, y }: Path): number {
  let sum = 0;
  for (let i = 1; i < x.length; i++) sum += Math.hypot(x[i]! - x[i - 1]!, y[i]! - y[i - 1]!);
  return sum;
}

/** How many runs of these seeds diverged. */
function lostRuns({ cells, experiment }: ChartInput, seeds: readonly number[]): number {
  return cells
    .flatMap((cell) => cell.runs)
    .filter(({ id, seed }) => {
      const result = experiment.runs.get(id);
      return seeds.includes(seed) && result !== undefined && !counts(result);
    }).length;
}

/** The range of the paths that count and of the targets. */
function rangeIn(space: FunctionSpace | null, axis: 'x' | 'y'): Range | null {
  if (!space) return null;
  const values = space.paths.filter(({ isFar }) => !isFar).flatMap((path) => Array.from(path[axis]));
  return rangeOf([
    ...values,
    ...space.targets.flatMap((target) => [target[axis], ...(target.from ? [target.from[axis]] : [])]),
  ]);
}

/** Both ranges, the narrower one widened around its middle where it would be stretched too far. */
function wideEnough(x: Range | null, y: Range | null): [Range | null, Range | null] {
  const least = Math.max(...[x, y].map((range) => (range ? range[1] - range[0] : 0))) / MOST_STRETCH;
  const widen = (range: Range | null): Range | null => {
    if (!range || range[1] - range[0] >= least) return range;
    const middle = (range[0] + range[1]) / 2;
    return [middle - least / 2, middle + least / 2];
  };
  return [widen(x), widen(y)];
}

/** How much the narrower axis is stretched; 1 for equal scales. */
function stretchOf(x: Range, y: Range, explained: readonly [number, number]): number {
  const [width, height] = [x[1] - x[0], y[1] - y[0]];
  const ratio = Math.min(width, height) / Math.max(width, height);
  const deviations = Math.sqrt(Math.min(...explained) / Math.max(...explained));
  return ratio > 0 && (ratio < THIN || deviations < FLAT) ? 1 / ratio : 1;
}

function withMargin([min, max]: Range, share: number): Range {
  const margin = (max - min) * share || (share > 0 ? 1e-9 : 0);
  return [min - margin, max + margin];
}

function axisTitle(space: FunctionSpace | null, index: 0 | 1): string {
  if (!space) return '';
  if (space.isPlane) return index === 0 ? 'w₁' : 'w₂';
  const share = `${percent(space.explained[index])} of variance`;
  return index === 0 ? `1st principal direction · ${share}` : `2nd direction · ${share}`;
}

function marksOf(input: ChartInput, space: FunctionSpace, shown: View): Mark[] {
  const { theme } = input;
  const [first] = space.seeds;
  const now = space.paths.filter(({ pinned }) => pinned === null);
  const behind = now.filter(({ run }) => run.seed !== first);
  const front = now.filter(({ run }) => run.seed === first);
  const ghosts = space.paths.flatMap((path) =>
    path.pinned === null ? [] : ghostLines([lineOf(path, input) as Mark], path.pinned, theme),
  );
  const faint = translucent(theme.foreground, theme.highContrast ? 1 : 0.55);
  return [
    ...(space.isPlane ? contourMarks(input, shown) : []),
    ...space.targets.flatMap(({ from, x, y }): Mark[] =>
      from ? [{ kind: 'line', x: [from.x, x], y: [from.y, y], colour: faint, width: 1, dash: [3, 4] }] : [],
    ),
    ...ghosts,
    ...behind.map((path): Mark => ({ ...lineOf(path, input), width: 0.75, opacity: 0.4 })),
    ...front.map((path): Mark => ({ ...lineOf(path, input), width: 2, opacity: 0.9, arrows: true })),
    ...space.targets.map(
      ({ x, y }): Mark => ({
        kind: 'points',
        x: [x],
        y: [y],
        shape: 'crossRot',
        radius: 5.5,
        fill: theme.foreground,
        strokeWidth: 2,
      }),
    ),
    ...behind.flatMap((path) => endOf(path, input, 2)),
    ...front.flatMap((path) => [startOf(path, input), ...endOf(path, input, 4.5)]),
    ...space.targets.map(
      ({ name, x, y }): Mark => ({ kind: 'label', x, y, text: name, colour: theme.muted, isNeeded: true }),
    ),
    ...front.filter(({ isFar }) => !isFar).flatMap((path) => endLabel(path, input)),
  ];
}

function lineOf({ run, x, y }: Path, input: ChartInput) {
  const { colour, dash, dashOffset } = input.style(run.parameterization, run.optimizer);
  return { kind: 'line' as const, cell: cellKey(run), x, y, colour, dash, dashOffset, width: 2 };
}

function startOf({ run, x, y }: Path, { theme }: ChartInput): Mark {
  const look = {
    shape: 'circle' as const,
    radius: 3.5,
    fill: theme.surface,
    stroke: theme.foreground,
    strokeWidth: 1.25,
  };
  return { kind: 'points', cell: cellKey(run), x: [x[0] ?? Number.NaN], y: [y[0] ?? Number.NaN], ...look };
}

function endOf({ run, x, y }: Path, input: ChartInput, radius: number): Mark[] {
  const { colour, marker } = input.style(run.parameterization, run.optimizer);
  const look = { shape: marker, radius, fill: colour, stroke: input.theme.surface, strokeWidth: 1 };
  return [{ kind: 'points', cell: cellKey(run), x: [x.at(-1) ?? Number.NaN], y: [y.at(-1) ?? Number.NaN], ...look }];
}

function endLabel({ run, x, y }: Path, input: ChartInput): Mark[] {
  if (input.grid.optimizers.length < 2 || x.length < 2) return [];
  const { colour } = input.style(run.parameterization, run.optimizer);
  const place = { x: x.at(-1)!, y: y.at(-1)! };
  return [{ kind: 'label', cell: cellKey(run), ...place, text: shownName(run.optimizer, 24), colour, isCounted: true }];
}

function emptyText(cells: number, lost: number): string {
  if (cells === 0) return ALL_HIDDEN;
  if (lost > 0) return `${lost === 1 ? 'The run' : `All ${lost} runs`} diverged: there is no path to draw.`;
  return 'Each run will draw its path here: one line from start to end.';
}

function captionText(space: FunctionSpace | null, stretch: number, lost: number, isZoomed: boolean): string {
  if (!space) return '';
  const far = space.paths.filter(({ isFar }) => isFar).length;
  const hasTruth = space.targets.some(({ name }) => name === 'truth');
  const hasTheory = space.targets.length > (hasTruth ? 1 : 0);
  const said = [...(hasTruth ? ['the truth'] : []), ...(hasTheory ? ['predictions of theory'] : [])].join(' and ');
  const isRay = space.targets.some(({ from }) => from !== null);
  return [
    `○ start, filled end, arrows: the direction of training${said ? `, × ${said}${isRay ? ' (dotted: a direction)' : ''}` : ''}.`,
    isZoomed
      ? 'A part of the picture: double-click shows all of it.'
      : stretch > 1
        ? `Stretched: equal scales would draw the 2nd direction ${number(stretch, 2)} times flatter.`
        : 'Equal scales on both axes.',
    lost > 0 ? `Left out: ${lost} that diverged.` : '',
    space.paths.some(({ pinned }) => pinned !== null) ? GHOSTS : '',
    far > 0 ? `Too far away to show: ${far}.` : '',
  ]
    .filter(Boolean)
    .join(' ');
}
