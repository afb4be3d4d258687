/** Theoretical predictions for the runs on the data of one seed: limits, loss curves, and comparisons. */
import { type AnyOptimizerDescription, fisherSettings } from '../optimizers/index.ts';
import type { PredictorProgram } from '../parameterizations/parameterization.ts';
import { type AnyProblemDescription, drawTraining, lossOf } from '../problems/index.ts';
import type { Comparison, SweepPoint, Theory, TheoryTarget } from '../results.ts';
import { angle, relativeDistance } from './compare.ts';
import { conditions, residualsOf } from './conditions/index.ts';
import { curveOf } from './curves/index.ts';
import { predicted, predictionsOf, runPredictions, startPredictions } from './predictions/index.ts';
import { type Prediction, type TrainingData, trainingData } from './predictions/prediction.ts';
import type { EndedRun } from './run.ts';

/** Incremented when equal requests yield different answers, so that stored ones are not used. */
export const THEORY_VERSION = 1;

/** The runs on one problem with one seed. */
export interface TheoryRequest {
  point: SweepPoint | null;
  seed: number;
  problem: AnyProblemDescription;
  /** Whether to compute targets and curves in addition to the comparisons. */
  isShown: boolean;
  /** For networks there are no predicted predictors, only a condition and a curve. */
  runs: EndedRun[];
}

/** Whether any prediction may apply to such runs. */
export function isTheorized(
  program: PredictorProgram,
  optimizer: AnyOptimizerDescription,
  problem: AnyProblemDescription,
): boolean {
  return program.predictor !== null || fisherSettings(optimizer) !== null || lossOf(problem) === 'logistic';
}

/** Compares the runs with all applicable predictions. */
export async function theoryOf({ point, seed, problem, isShown, runs }: TheoryRequest): Promise<Theory> {
  const training = trainingData(drawTraining(problem, seed));
  const { data } = training;
  const common = runs.some(({ start }) => start !== null) ? await predictionsOf(training) : [];
  const limits = new Limits(training, seed);
  const comparisons: Theory['comparisons'] = [];
  for (const run of runs) {
    const { end, program, parameters } = run;
    const to: Record<string, Comparison> = {};
    if (run.start) {
      const own = await limits.of(run);
      if (end) Object.assign(to, compare(end, [...common, ...own, ...(await ofRun(training, run, seed))]));
    }
    if (end || parameters) {
      const residuals = await residualsOf(data, { program, parameters, predictor: end });
      for (const [name, residual] of Object.entries(residuals)) to[name] = { residual };
    }
    if (Object.keys(to).length > 0) comparisons.push({ run: run.run, to });
  }
  const named = new Set(comparisons.flatMap(({ to }) => Object.keys(to)));
  return {
    point,
    seed,
    targets: isShown ? [...common, ...limits.drawn].map(target) : [],
    conditions: isShown
      ? conditions.flatMap(({ name, meaning, source }) => (named.has(name) ? [{ name, meaning, source }] : []))
      : [],
    curves: isShown ? runs.flatMap((run) => curveOf(data, run, seed) ?? []) : [],
    comparisons,
  };
}

/** The predictions that depend on the initialization of a run; runs with the same initial predictor share them. */
class Limits {
  private readonly known = new Map<string, Promise<Prediction[]>>();
  /** The predictions that some run converges to, by initialization and name. */
  private readonly approached = new Map<string, Map<string, Prediction[]>>();

  constructor(
    private readonly data: TrainingData,
    private readonly seed: number,
  ) {}

  async of(run: EndedRun): Promise<Prediction[]> {
    const { start } = run;
    if (start === null) return [];
    const at = start.join(' ');
    const found: Prediction[] = [];
    for (const definition of startPredictions) {
      if (!definition.holdsFor(run, this.data, this.seed)) continue;
      const key = `${definition.name} ${at}`;
      const known = this.known.get(key) ?? predicted(definition, (one) => one.predict(this.data, start));
      this.known.set(key, known);
      const limit = await known;
      found.push(...limit);
      if (limit.length === 0 || !definition.isApproachedBy(run)) continue;
      this.approached.set(at, new Map(this.approached.get(at)).set(definition.name, limit));
    }
    return found;
  }

  /**
   * The limits drawn among the trajectories; with several initializations it would be unclear which run a limit belongs
   * to.
   */
  get drawn(): Prediction[] {
    const [only, ...others] = this.approached.values();
    return only && others.length === 0 ? [...only.values()].flat() : [];
  }
}

async function ofRun(data: TrainingData, run: EndedRun, seed: number): Promise<Prediction[]> {
  const found: Prediction[] = [];
  for (const definition of runPredictions) {
    found.push(...(await predicted(definition, (one) => one.predict(data, run, seed))));
  }
  return found;
}

function target({ point, ...words }: Prediction): TheoryTarget {
  return { ...words, predictor: point };
}

function compare(end: Float64Array, predictions: readonly Prediction[]): Record<string, Comparison> {
  return Object.fromEntries(
    predictions.map(({ name, kind, point }) => [
      name,
      kind === 'direction' ? { angle: angle(end, point) } : { distance: relativeDistance(end, point) },
    ]),
  );
}
