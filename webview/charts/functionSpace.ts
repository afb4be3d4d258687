/** The runs in function space: their paths in the plane in which they vary most. */
import { counts } from '../../extension/lab/results/index.ts';
import type { PathSpace, RunIdentity, TheoryTarget } from '../../extension/lab/results.ts';
import { memoized } from '../memo.ts';
import type { ChartInput } from './input.ts';
import { inPlane, type Plane, principalPlane } from './principal.ts';
import { modelsOf, type RunModels } from './snapshots.ts';

type Row = Float32Array | Float64Array;

/** One run's path in the plane. */
export interface Path {
  run: RunIdentity;
  step: readonly number[];
  time: readonly number[];
  x: Float64Array;
  y: Float64Array;
  /** What the pinned run is called that it belongs to; null for the runs on view. */
  pinned: string | null;
  /** Whether the run is so far away that it does not count for plane and axes. */
  isFar: boolean;
}

/** A predictor that theory predicts, or the truth, in the plane. */
export interface PathTarget {
  name: string;
  x: number;
  y: number;
  /** For a direction, the zero predictor, from which a ray goes through the target. */
  from: { x: number; y: number } | null;
}

export interface FunctionSpace {
  space: PathSpace;
  isPlane: boolean;
  explained: readonly [number, number];
  paths: Path[];
  targets: PathTarget[];
  /** The seeds on view, the first of them the one that is drawn in full. */
  seeds: readonly number[];
}

/** The seed whose predictors, margins and paths are drawn. */
export function shownSeed({ grid, preferences }: Pick<ChartInput, 'grid' | 'preferences'>): number {
  const { seed } = preferences;
  return typeof seed === 'number' && grid.seeds.includes(seed) ? seed : (grid.seeds[0] ?? 1);
}

/**
 * The paths of the visible cells. Those of different seeds have the same plane if they are all shown: outputs on training
 * data, of which each seed has its own, are shown for one seed.
 */
export function functionSpaceOf(input: ChartInput): FunctionSpace | null {
  const { experiment, grid, cells, preferences } = input;
  const first = shownSeed(input);
  const shown = runsOf(input, [first]);
  // Paths are compared where all of them are.
  const hasAll = grid.problem.predictorShape !== null && shown.every(({ models }) => models.predictors !== null);
  const space: PathSpace = hasAll ? 'predictors' : 'training outputs';
  const isAll = preferences.seed === 'all' && hasAll;
  const seeds = isAll ? [first, ...grid.seeds.filter((seed) => seed !== first)] : [first];
  const runs = [
    ...(isAll ? runsOf(input, seeds) : shown).map((one) => ({ ...one, pinned: null })),
    ...(input.pinned ?? []).flatMap((then) => runsOf(then, [first]).map((one) => ({ ...one, pinned: then.name }))),
  ];
  const models = runs.map((one) => one.models);
  const theory = experiment.theory.find(
    ({ seed, point }) => seed === grid.seeds[0] && samePoint(point, cells[0]?.point ?? null),
  );
  const targets = space === 'predictors' && first === grid.seeds[0] ? (theory?.targets ?? []) : [];
  const { truth, loss } = grid.problem;
  // The truth of a classification problem is only a direction.
  const shownTruth = space === 'predictors' && truth && loss === 'square' && first === grid.seeds[0] ? [truth] : [];
  const drawn = projected(models, space, targets.length > 0, shownTruth.length > 0)(targets, shownTruth[0] ?? null);
  if (!drawn) return null;
  const byModels = new Map(runs.map((one) => [one.models, one]));
  return {
    space,
    seeds,
    isPlane: drawn.isPlane,
    explained: drawn.explained,
    targets: drawn.targets,
    paths: drawn.paths.flatMap(({ models: of, ...path }) => {
      const known = byModels.get(of);
      return known ? [{ run: known.run, pinned: known.pinned, ...path }] : [];
    }),
  };
}

/** The runs of some seeds that did not diverge, with their models. */
function runsOf(
  { cells, experiment }: ChartInput,
  seeds: readonly number[],
): { run: RunIdentity; models: RunModels }[] {
  return cells
    .flatMap((cell) => cell.runs)
    .flatMap((run) => {
      const result = experiment.runs.get(run.id);
      const models = seeds.includes(run.seed) && (!result || counts(result)) ? modelsOf(experiment, run.id) : null;
      return models ? [{ run, models }] : [];
    });
}

const samePoint = (a: object | null, b: object | null) => JSON.stringify(a) === JSON.stringify(b);

type Drawn = Omit<FunctionSpace, 'paths' | 'seeds' | 'space'> & {
  paths: (Omit<Path, 'run' | 'pinned'> & { models: RunModels })[];
};

/** For the same curves, the same picture: made when it is first asked for. */
const projected = memoized(
  (models: readonly RunModels[], space: PathSpace, _hasTargets: boolean, _hasTruth: boolean) => {
    let drawn: Drawn | null | undefined;
    return (targets: readonly TheoryTarget[], truth: Float64Array | null): Drawn | null => {
      drawn = drawn === undefined ? project(models, space, targets, truth) : drawn;
      return drawn;
    };
  },
);

/** Points that decide on the plane, of each run and of all of them together. */
const POINTS_PER_RUN = 40;
const POINTS = 160;
/** Runs whose predictors are this many times as large as those of most others are left out of the axes. */
const FAR = 30;

function project(
  models: readonly RunModels[],
  space: PathSpace,
  targets: readonly TheoryTarget[],
  truth: Float64Array | null,
): Drawn | null {
  const paths = models.flatMap((model) => rowsOf(model, space));
  const sizes = paths.map(({ rows }) => Math.max(0, ...rows.map(length)));
  const ordinary = FAR * (sizes.toSorted((a, b) => a - b)[(sizes.length - 1) >> 1] ?? 0);
  const near = paths.filter((_, i) => sizes[i]! <= ordinary);
  const points = placedTargets(
    targets,
    near.flatMap(({ rows }) => rows.slice(-1)),
    truth,
  );
  const each = Math.max(2, Math.min(POINTS_PER_RUN, Math.floor(POINTS / Math.max(1, near.length))));
  const cloud = [...near.flatMap(({ rows }) => thinned(rows, each)), ...points.map(({ point }) => point)];
  const dimension = cloud[0]?.length ?? 0;
  if (near.length === 0 || cloud.some((point) => point.length !== dimension)) return null;
  const plane = principalPlane(cloud);
  if (!plane) return null;
  return {
    isPlane: dimension === 2 && space === 'predictors',
    explained: plane.explained,
    paths: paths.map(({ model, rows }, i) => ({
      ...{ models: model, step: model.step, time: model.time, ...coordinates(plane, rows) },
      isFar: !(sizes[i]! <= ordinary),
    })),
    targets: points.map(({ name, point, isRay }) => {
      const [x, y] = inPlane(plane, point);
      const [x0, y0] = inPlane(plane, new Float64Array(dimension));
      return { name, x, y, from: isRay ? { x: x0, y: y0 } : null };
    }),
  };
}

/** The points of a run's path; none if one of them is not finite, or if the model has no predictor. */
function rowsOf(model: RunModels, space: PathSpace): { model: RunModels; rows: Row[] }[] {
  const rows = space === 'predictors' ? model.predictors : model.outputs;
  return rows?.every((row) => row.every(Number.isFinite)) ? [{ model, rows }] : [];
}

function coordinates(plane: Plane, rows: readonly Row[]): { x: Float64Array; y: Float64Array } {
  const places = rows.map((row) => inPlane(plane, row));
  return { x: Float64Array.from(places, ([x]) => x), y: Float64Array.from(places, ([, y]) => y) };
}

/** Points are where they are; directions are scaled to the length of the longest path. */
function placedTargets(
  targets: readonly TheoryTarget[],
  ends: readonly Row[],
  truth: Float64Array | null,
): { name: string; point: Float64Array; isRay: boolean }[] {
  const furthest = Math.max(0, ...ends.map(length));
  const placed = targets.map(({ name, kind, predictor }) => {
    if (kind === 'point') return { name, point: predictor, isRay: false };
    const scale = furthest / length(predictor);
    return { name, point: predictor.map((x) => scale * x), isRay: true };
  });
  return truth ? [{ name: 'truth', point: truth, isRay: false }, ...placed] : placed;
}

function length(vector: Row): number {
  let squares = 0;
  for (const x of vector) squares += x * x;
  return Math.sqrt(squares);
}

function thinned<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, i) => items[Math.round((i * (items.length - 1)) / (count - 1))]!);
}
