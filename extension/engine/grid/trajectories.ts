/** Collects the paths of one experiment's runs during training, and projects them. */
import type { ExperimentPlan } from '../../evaluator/protocol.ts';
import type { Trajectory } from '../../lab/metrics/invariance.ts';
import { project } from '../../lab/metrics/projection.ts';
import type { PathSpace, Projection, SampleBatch, Theory } from '../../lab/results.ts';
import type { Sample } from '../../lab/run.ts';
import { areFinite } from '../../lab/training/pace.ts';

export class Trajectories {
  /** The paths on which invariance is measured. */
  readonly paths = new Map<number, Trajectory>();
  /** The paths in each space; of predictors only if every parameterization has one. */
  readonly inSpace = new Map<PathSpace, Map<number, Trajectory>>();

  /** Theoretical predictions shown in the plot. */
  private targets: Theory['targets'] = [];

  constructor(private readonly plan: ExperimentPlan) {
    this.inSpace.set('training outputs', new Map());
    if (plan.pictureSpace === 'predictors') this.inSpace.set('predictors', new Map());
  }

  /** The space of the paths, if it is the same for all. */
  get space(): PathSpace | null {
    const [first, ...others] = new Set(this.plan.spaces);
    return first !== undefined && others.length === 0 ? first : null;
  }

  add(run: number, samples: readonly Sample[]): void {
    for (const [space, paths] of this.inSpace) {
      for (const sample of samples) append(paths, run, sample.time, pointOf(sample, space));
    }
    const space = this.plan.spaces[run];
    const path = space && this.inSpace.get(space)?.get(run);
    if (path) this.paths.set(run, path);
  }

  /** Sets the predictions shown in the plot: those of the first seed, if there is a single data set. */
  setTargets(theories: readonly Theory[]): void {
    const { grid, pictureSpace } = this.plan;
    if (pictureSpace !== 'predictors' || grid.points.length > 1) return;
    this.targets = theories.find(({ seed }) => seed === grid.seeds[0])?.targets ?? [];
  }

  /** Points are unchanged; directions are scaled to the length of the longest path. */
  private targetPoints(ends: readonly Float64Array[]): { name: string; point: Float64Array; isRay: boolean }[] {
    const furthest = Math.max(0, ...ends.map(length));
    return this.targets.map(({ name, kind, predictor }) => {
      if (kind === 'point') return { name, point: predictor, isRay: false };
      const scale = furthest / length(predictor);
      return { name, point: predictor.map((x) => scale * x), isRay: true };
    });
  }

  /** The projection of the paths so far; null if there are none. */
  project(): Projection | null {
    const { grid, pictureSpace, runs: planned } = this.plan;
    const runs = [...(this.inSpace.get(pictureSpace) ?? [])]
      .filter(([run]) => planned[run]?.identity.seed === grid.seeds[0])
      // Sort by id, so that the plot does not depend on the order of completion.
      .sort(([a], [b]) => a - b)
      .map(([run, path]) => ({ run, path }));
    const { truth } = grid.problem;
    // The ground truth of a classification problem is only a direction; show it only if it is a point in this space.
    const showTruth = pictureSpace === 'predictors' && truth !== null && grid.problem.loss === 'square';
    const picture = project(runs, pictureSpace, [
      ...(showTruth ? [{ name: 'truth', point: truth }] : []),
      ...this.targetPoints(runs.flatMap(({ path }) => path.points.slice(-1))),
    ]);
    return picture && { ...picture, seed: grid.seeds[0]! };
  }
}

function length(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
}

function pointOf(sample: Sample, space: PathSpace): Float64Array | null {
  return space === 'predictors' ? sample.predictor : sample.outputs;
}

function append(paths: Map<number, Trajectory>, run: number, time: number, point: Float64Array | null): void {
  if (!point || !areFinite(point)) return;
  const path = paths.get(run) ?? { times: [], points: [] };
  paths.set(run, path);
  path.times.push(time);
  path.points.push(point);
}

/** Samples as columns, to be appended to a curve. */
export function batchOf(run: number, samples: readonly Sample[]): SampleBatch {
  const column = (value: (sample: Sample) => number) => Float64Array.from(samples, value);
  const withPredictor = samples.filter((sample) => sample.predictor !== null);
  return {
    run,
    step: column((sample) => sample.step),
    time: column((sample) => sample.time),
    trainLoss: column((sample) => sample.train.loss),
    trainError: column((sample) => sample.train.error),
    testLoss: column((sample) => sample.test?.loss ?? Number.NaN),
    testError: column((sample) => sample.test?.error ?? Number.NaN),
    predictor: withPredictor.at(-1)?.predictor ?? null,
  };
}
