/** From an experiment to its grid: every parameterization built, every run described, sizes checked. */
import { totalmem } from 'node:os';
import { sizeOf } from '../../lab/compiler/shape.ts';
import type { FunctionReader } from '../../lab/compiler/source/functionSource.ts';
import { blame } from '../../lab/errors.ts';
import type { Experiment } from '../../lab/experiment.ts';
import { describeOptimizer } from '../../lab/optimizers/optimizer.ts';
import { buildPredictor } from '../../lab/parameterizations/build.ts';
import { describeProblem, drawProblem } from '../../lab/problems/draw.ts';
import { exampleCounts, inputKindOf, lossOf, predictorShapeOf } from '../../lab/problems/problem.ts';
import type { GridPlan, Projection, RunIdentity } from '../../lab/results.ts';
import { predictedBytes, refuseTooLarge } from '../../lab/training/memory.ts';
import type { RunPlan } from '../../lab/training/run.ts';
import { MOST_SAMPLES } from '../../lab/training/sampling.ts';
import { userFrame } from '../locate.ts';

/** Bytes that the trajectories of one experiment may take in the engine. */
const TRAJECTORY_BYTES = 256 * 2 ** 20;
const FEWEST_SNAPSHOTS = 8;

export interface ExperimentPlan {
  experiment: Experiment;
  grid: GridPlan;
  runs: RunPlan[];
  /** What a run's path is a path of. */
  space: Projection['space'];
}

/**
 * Plans the grid.
 * @param workers how many runs are in memory at once
 * @throws DefinitionError where a parameterization does not fit the problem, or the runs do not fit into memory
 */
export function planExperiment(experiment: Experiment, read: FunctionReader, workers: number): ExperimentPlan {
  const { problem } = experiment;
  const shape = predictorShapeOf(problem);
  const counts = exampleCounts(problem);
  const predictor = sizeOf(shape);
  const isDense = inputKindOf(problem) === 'rows';
  blame(problem.origin, () => {
    const bytes = predictedBytes({
      ...counts,
      predictor,
      parameters: predictor,
      isDense,
      isNatural: false,
    });
    refuseTooLarge(bytes, memoryLimit(), 'this problem');
  });
  const programs = experiment.parameterizations.map(([name, parameterization]) => {
    const program = buildPredictor(parameterization, problem, read);
    const parameters = program.parameters.reduce((sum, parameter) => sum + sizeOf(parameter.shape), 0);
    const isNatural = experiment.optimizers.some(([, optimizer]) => optimizer.type === 'ngd');
    const bytes = predictedBytes({ ...counts, predictor, parameters, isDense, isNatural });
    const together = Math.min(workers, experiment.seeds.length * experiment.optimizers.length);
    blame(parameterization.origin, () => refuseTooLarge(bytes * together, memoryLimit(), `'${name}'`));
    return program;
  });

  const isOnto = !isDense || counts.train >= predictor;
  const identities: Omit<RunIdentity, 'id'>[] = experiment.parameterizations.flatMap(([parameterization]) =>
    experiment.optimizers.flatMap(([optimizer]) =>
      experiment.seeds.map((seed) => ({ point: null, parameterization, optimizer, seed })),
    ),
  );
  const pathLength = isOnto ? predictor : counts.train;
  const affordable = Math.floor(TRAJECTORY_BYTES / (8 * pathLength * identities.length));
  const snapshots = Math.max(FEWEST_SNAPSHOTS, Math.min(MOST_SAMPLES, affordable));
  const optimizers = new Map(experiment.optimizers);
  const names = experiment.parameterizations.map(([name]) => name);
  const runs = identities.map((identity, id): RunPlan => {
    const optimizer = optimizers.get(identity.optimizer);
    if (!optimizer) throw new Error(`no optimizer ${identity.optimizer}`);
    const program = programs[names.indexOf(identity.parameterization)];
    return { identity: { id, ...identity }, problem, program, optimizer, steps: experiment.steps, snapshots };
  });
  return { experiment, grid: describeGrid(experiment, runs), runs, space: isOnto ? 'predictors' : 'training outputs' };
}

function describeGrid(experiment: Experiment, runs: readonly RunPlan[]): GridPlan {
  const { problem } = experiment;
  const place = userFrame(experiment.origin.stack);
  const loss = lossOf(problem);
  const { train, test } = exampleCounts(problem);
  const first = drawProblem(problem, experiment.seeds[0]);
  return {
    experiment: experiment.name,
    line: place?.line ?? 1,
    column: place?.column ?? 1,
    problem: {
      type: problem.type === 'givenCompletion' ? 'matrixCompletion' : problem.type,
      description: describeProblem(problem),
      loss,
      errorName: loss === 'logistic' ? 'error rate' : 'RMSE',
      predictorShape: predictorShapeOf(problem),
      train,
      test,
      truth: first.truth,
      observed: first.train.kind === 'entries' ? first.train.indices : null,
    },
    parameterizations: experiment.parameterizations.map(([name]) => name),
    optimizers: experiment.optimizers.map(([name, optimizer]) => ({
      name,
      type: optimizer.type,
      description: describeOptimizer(optimizer),
    })),
    seeds: experiment.seeds,
    points: [],
    runs: runs.map(({ identity }) => identity),
    claims: experiment.claims.map(([name]) => name),
    steps: experiment.steps,
  };
}

/** Half of the machine: the editor lives there, too. */
export function memoryLimit(): number {
  return totalmem() / 2;
}
