/** The description of a grid, before training. */
import type { Variant } from '../../lab/definition.ts';
import { isSameData } from '../../lab/encoding.ts';
import type { Experiment } from '../../lab/experiment.ts';
import { describeOptimizer, familyOf, isFlow } from '../../lab/optimizers/index.ts';
import type { PredictorProgram } from '../../lab/parameterizations/parameterization.ts';
import {
  describeProblem,
  drawTraining,
  exampleCounts,
  inputKindOf,
  lossOf,
  predictorShapeOf,
  problemDescription,
} from '../../lab/problems/index.ts';
import type { GridPlan, ProblemSummary } from '../../report/grid.ts';
import { userFrame } from '../frames.ts';

export function describeGrid(experiment: Experiment, programs: readonly PredictorProgram[]): Omit<GridPlan, 'runs'> {
  const place = userFrame(experiment.origin.stack);
  const first = experiment.variants[0]!;
  const points = experiment.variants.flatMap(({ point }) => (point ? [point] : []));
  return {
    experiment: experiment.name,
    line: place?.line ?? 1,
    column: place?.column ?? 1,
    problem: describeData(experiment, programs),
    parameterizations: first.parameterizations.map(([name]) => name),
    optimizers: first.optimizers.map(([name, optimizer]) => ({
      name,
      family: familyOf(optimizer),
      ...(isFlow(optimizer) ? { isFlow: true } : {}),
      description: describeOptimizer(optimizer),
    })),
    seeds: experiment.seeds,
    points,
    claims: experiment.claims.map(([name]) => name),
    steps: experiment.variants.every(({ steps }) => steps === null)
      ? null
      : Math.max(...experiment.variants.map(({ steps }) => steps ?? 0)),
    ...(experiment.timeLimit === null ? {} : { timeLimit: experiment.timeLimit }),
  };
}

/** Describes the data of the first seed at the first point; fields that vary between points are omitted. */
function describeData({ variants, seeds }: Experiment, programs: readonly PredictorProgram[]): ProblemSummary {
  const first = variants[0]!;
  const { problem } = first;
  const loss = lossOf(problem);
  const shape = predictorShapeOf(problem);
  const isSame = (of: (variant: Variant) => unknown) =>
    variants.slice(1).every((variant) => isSameData(of(variant), of(first)));
  const hasPredictor =
    programs.some(({ predictor }) => predictor !== null) && isSame((variant) => predictorShapeOf(variant.problem));
  const isOneProblem = isSame((variant) => problemDescription(variant.problem));
  const data = drawTraining(problemDescription(problem), seeds[0]!);
  return {
    inputs: inputKindOf(problem),
    description: describeProblem(problem),
    loss,
    errorName: loss === 'logistic' ? 'error rate' : 'RMSE',
    predictorShape: hasPredictor ? shape : null,
    ...exampleCounts(problem),
    truth: hasPredictor && isOneProblem ? data.truth : null,
    observed: isOneProblem && data.train.kind === 'entries' ? data.train.indices : null,
    ...(isOneProblem ? { trainTargets: data.trainTargets } : {}),
    ...(isOneProblem && data.train.kind === 'rows' && data.train.dimension <= 2
      ? { trainInputs: data.train.values }
      : {}),
  };
}
