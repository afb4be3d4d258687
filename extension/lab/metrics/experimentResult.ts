/** The results of an experiment, as passed to claims. */
import { DefinitionError } from '../errors.ts';
import { closest, Options } from '../options.ts';
import { comparisonsOf, counts, describePoint, knownResults, tallyIn, tallyText } from '../results/index.ts';
import type { Comparison, PathSpace, Quantities, RunResult, SweepPoint, Theory } from '../results.ts';
import { invariance, type PathsByRun } from './invariance.ts';

/** A run, or the mean of several runs: numbers are averaged over the seeds, excluding diverged runs. */
export interface MeanResult {
  parameterization: string;
  optimizer: string;
  /** Number of averaged runs. */
  runs: number;
  steps: number;
  time: number;
  seconds: number;
  train: Quantities;
  /** NaN without test data. */
  test: Quantities;
  gap: Quantities;
  margins: { min: number; mean: number; max: number } | null;
  norms: Record<string, number>;
  predictor: Float64Array | null;
  outputs: Float64Array;
}

export interface InvarianceOptions {
  /**
   * The space of the paths: `predictors`, or `training outputs`, f on the training inputs. The default is predictors if
   * the training data determine them (n ≥ d, and for every completion), otherwise training outputs.
   * @example space: 'training outputs'
   */
  space?: PathSpace;
}

export class ExperimentResult {
  constructor(
    /** All runs of the grid. */
    readonly runs: readonly RunResult[],
    private readonly trajectories: PathsByRun,
    private readonly theory: { answers: readonly Theory[]; failureReason: string | null } = {
      answers: [],
      failureReason: null,
    },
    /** The trajectories in each space that is defined for all runs. */
    private readonly inSpace: ReadonlyMap<PathSpace, PathsByRun> = new Map(),
  ) {}

  /**
   * How much an optimizer's path in function space depends on the parameterization: the relative path distance. This is
   * the largest ‖a(t) − b(t)‖ over common times and over pairs of parameterizations with the same seed, divided by the
   * distance travelled, the largest ‖a(t) − a(0)‖ or ‖b(t) − b(0)‖ of the two. 0 means that the path does not depend on
   * the parameterization. Paths that start at different predictors differ by at least the distance of their starts. NaN
   * with fewer than two parameterizations. Diverged runs are excluded.
   * @throws DefinitionError if predictor paths are requested and a parameterization is a network, and if every run of a
   * parameterization diverged
   */
  invariance(optimizer: string, options: InvarianceOptions = {}): number {
    this.check('optimizer', optimizer);
    for (const parameterization of new Set(this.runs.map((run) => run.parameterization))) {
      this.counted(optimizer, parameterization);
    }
    return invariance(this.runs.filter(counts), this.pathsIn(options), optimizer)?.distance ?? Number.NaN;
  }

  private pathsIn(options: InvarianceOptions): PathsByRun {
    const read = new Options('invariance', options, ['space']);
    if (!read.has('space')) return this.trajectories;
    const space = read.choice('space', ['predictors', 'training outputs'], 'training outputs');
    const paths = this.inSpace.get(space);
    if (paths) return paths;
    throw new DefinitionError(`invariance: there are no paths of ${space} here`, {
      hint: "A network has no predictor vector: use { space: 'training outputs' }.",
    });
  }

  /**
   * A cell of the grid, averaged over its seeds and over all sweep points that match `point`. Diverged runs are
   * excluded; `runs` is the number of averaged runs.
   * @param point values for some or all axes of the sweep
   * @throws DefinitionError if every run of the cell diverged
   */
  mean(optimizer: string, parameterization: string, point: SweepPoint = {}): MeanResult {
    if (Object.keys(point).length > 0) return this.at(point).mean(optimizer, parameterization);
    this.check('optimizer', optimizer);
    this.check('parameterization', parameterization);
    return meanOf(this.counted(optimizer, parameterization));
  }

  /** The runs of a cell that are averaged. */
  private counted(optimizer: string, parameterization: string): RunResult[] {
    const cell = this.runs.filter((run) => run.optimizer === optimizer && run.parameterization === parameterization);
    const counted = cell.filter(counts);
    if (counted.length > 0) return counted;
    const how = tallyText(tallyIn(cell, knownResults(cell)));
    throw new DefinitionError(`no run of '${parameterization}' with '${optimizer}' finished: ${how}`, {
      hint: 'There is nothing to average. A smaller learning rate or initialization may prevent divergence.',
    });
  }

  /**
   * The angle in radians between the ends of a cell's runs and a direction predicted by theory, for example `'max L2
   * margin'`: the mean over the seeds. Separable classification, logistic loss.
   * @param point values for some or all axes of the sweep
   */
  angle(target: string, optimizer: string, parameterization: string, point: SweepPoint = {}): number {
    return this.from(target, optimizer, parameterization, point, (comparison) =>
      'angle' in comparison ? comparison.angle : null,
    );
  }

  /**
   * The distance between the ends of a cell's runs and a predictor predicted by theory, for example `'least nuclear
   * norm'`, relative to that predictor: the mean over the seeds. Square loss.
   * @param point values for some or all axes of the sweep
   */
  distance(target: string, optimizer: string, parameterization: string, point: SweepPoint = {}): number {
    return this.from(target, optimizer, parameterization, point, (comparison) =>
      'distance' in comparison ? comparison.distance : null,
    );
  }

  /**
   * The residual of a theoretical condition at the ends of a cell's runs, 0 if it holds: the mean over the seeds.
   * `'max-margin KKT'`: the KKT conditions of the maximum margin in parameter space, stationarity and complementary
   * slackness combined (logistic loss, a parameterization that is homogeneous in its parameters, all training labels
   * classified correctly). `'stationarity'`: stationarity for the minimum ℓ_{2/L} quasi-norm among the predictors with
   * the same training outputs (u^L − v^L or a product of L vectors, fewer examples than dimensions, labels fitted;
   * under the logistic loss with equal margins, as natural gradient descent does). Neither is computed for large
   * problems.
   * @param point values for some or all axes of the sweep
   */
  residual(condition: string, optimizer: string, parameterization: string, point: SweepPoint = {}): number {
    return this.from(condition, optimizer, parameterization, point, (comparison) =>
      'residual' in comparison ? comparison.residual : null,
    );
  }

  private from(
    target: string,
    optimizer: string,
    parameterization: string,
    point: SweepPoint,
    measure: (comparison: Comparison) => number | null,
  ): number {
    if (Object.keys(point).length > 0) return this.at(point).from(target, optimizer, parameterization, {}, measure);
    this.check('optimizer', optimizer);
    this.check('parameterization', parameterization);
    const compared = comparisonsOf(this.theory.answers);
    const cell = this.counted(optimizer, parameterization);
    const known = [...new Set(cell.flatMap(({ id }) => Object.keys(compared.get(id) ?? {})))];
    const values = cell.flatMap(({ id }) => {
      const comparison = compared.get(id)?.[target];
      const value = comparison ? measure(comparison) : null;
      return value === null ? [] : [value];
    });
    if (values.length > 0) return values.reduce((sum, value) => sum + value, 0) / values.length;
    if (this.theory.failureReason !== null)
      throw new DefinitionError(`the theoretical predictions could not be computed: ${this.theory.failureReason}`);
    const isKnown = known.includes(target);
    throw new DefinitionError(
      isKnown
        ? `'${target}' is measured by another of 'angle', 'distance' and 'residual'`
        : `theory does not predict '${target}' here`,
      {
        hint: isKnown
          ? 'Directions have an angle, points a distance, conditions a residual.'
          : known.length > 0
            ? `Available: ${known.map((name) => `'${name}'`).join(', ')}.`
            : 'Predictions exist for predictors of runs that did not diverge; networks have none.',
      },
    );
  }

  /**
   * The results at one point of a sweep, or at all points that have these values.
   * @param point values for some or all axes
   */
  at(point: SweepPoint): ExperimentResult {
    const axes = Object.entries(point);
    const runs = this.runs.filter((run) => axes.every(([axis, value]) => run.point?.[axis] === value));
    if (runs.length > 0) return new ExperimentResult(runs, this.trajectories, this.theory, this.inSpace);
    const points = new Map(this.runs.flatMap((run) => (run.point ? [[describePoint(run.point), run.point]] : [])));
    throw new DefinitionError(`there is no point ${describePoint(point)} in this experiment`, {
      hint: points.size > 0 ? `Available: ${[...points.keys()].slice(0, 8).join('; ')}.` : 'It has no sweep.',
    });
  }

  private check(field: 'optimizer' | 'parameterization', name: string): void {
    const known = [...new Set(this.runs.map((run) => run[field]))];
    if (known.includes(name)) return;
    const near = typeof name === 'string' ? closest(name, known) : null;
    throw new DefinitionError(`there is no ${field} '${name}' in this experiment`, {
      hint: near ? `Did you mean '${near}'?` : `Available: ${known.map((other) => `'${other}'`).join(', ')}.`,
    });
  }
}

function meanOf(runs: RunResult[]): MeanResult {
  const [first] = runs;
  const average = (value: (run: RunResult) => number) => runs.reduce((sum, run) => sum + value(run), 0) / runs.length;
  const pair = (value: (run: RunResult) => Quantities | null): Quantities => ({
    loss: average((run) => value(run)?.loss ?? Number.NaN),
    error: average((run) => value(run)?.error ?? Number.NaN),
  });
  const entries = (value: (run: RunResult) => Float64Array | null): Float64Array | null => {
    const arrays = runs.map(value);
    if (arrays.some((array) => array === null || array.length !== arrays[0]?.length)) return null;
    return Float64Array.from(
      arrays[0] ?? [],
      (_, i) => arrays.reduce((sum, array) => sum + (array?.[i] ?? 0), 0) / runs.length,
    );
  };
  return {
    parameterization: first.parameterization,
    optimizer: first.optimizer,
    runs: runs.length,
    steps: average((run) => run.steps),
    time: average((run) => run.time),
    seconds: average((run) => run.seconds),
    train: pair((run) => run.train),
    test: pair((run) => run.test),
    gap: pair((run) => run.gap),
    margins: first.margins && {
      min: average((run) => run.margins?.min ?? Number.NaN),
      mean: average((run) => run.margins?.mean ?? Number.NaN),
      max: average((run) => run.margins?.max ?? Number.NaN),
    },
    norms: Object.fromEntries(
      Object.keys(first.norms ?? {}).map((name) => [name, average((run) => run.norms?.[name] ?? Number.NaN)]),
    ),
    predictor: entries((run) => run.predictor),
    outputs: entries((run) => run.outputs) ?? new Float64Array(),
  };
}
