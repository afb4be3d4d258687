/** Collects the paths of one experiment's runs while they grow, and measures them. */
import type { Trajectory } from '../../lab/metrics/invariance.ts';
import { project } from '../../lab/metrics/projection.ts';
import type { Projection, SampleBatch } from '../../lab/results.ts';
import type { Sample } from '../../lab/training/run.ts';
import type { ExperimentPlan } from './plan.ts';

export class Trajectories {
  readonly paths = new Map<number, Trajectory>();

  constructor(private readonly plan: ExperimentPlan) {}

  add(run: number, samples: readonly Sample[]): void {
    const path = this.paths.get(run) ?? { times: [], points: [] };
    this.paths.set(run, path);
    for (const sample of samples) {
      const point = this.plan.space === 'predictors' ? sample.predictor : sample.outputs;
      if (!point?.every(Number.isFinite)) continue;
      path.times.push(sample.time);
      path.points.push(point);
    }
  }

  /** The picture of all paths so far; null before there is anything to see. */
  project(): Projection | null {
    const { space, grid } = this.plan;
    const runs = [...this.paths].map(([run, path]) => ({ run, path })).filter(({ path }) => path.points.length > 0);
    const { truth } = grid.problem;
    // The truth of a classification has no length; only where it is a point of the space itself does it belong here.
    const showTruth =
      space === 'predictors' && truth !== null && grid.problem.loss === 'square' && grid.seeds.length === 1;
    return project(runs, space, showTruth ? [{ name: 'truth', point: truth }] : []);
  }
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
