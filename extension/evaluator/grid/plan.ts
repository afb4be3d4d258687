/** Plans the grid of an experiment: builds parameterizations, describes runs, checks memory. */
import { sizeOf } from '../../lab/compiler/shape.ts';
import type { FunctionReader } from '../../lab/compiler/source/functionSource.ts';
import type { Variant } from '../../lab/definition.ts';
import { withOrigin } from '../../lab/errors.ts';
import type { Experiment } from '../../lab/experiment.ts';
import { checkOptimizer, fisherSettings, optimizerDescription } from '../../lab/optimizers/index.ts';
import { buildPredictor } from '../../lab/parameterizations/build.ts';
import type { Parameterization, PredictorProgram } from '../../lab/parameterizations/parameterization.ts';
import {
  type AnyProblemDescription,
  exampleCounts,
  inputKindOf,
  predictorShapeOf,
  problemDescription,
} from '../../lab/problems/index.ts';
import type { PathSpace } from '../../lab/results.ts';
import { atPoint } from '../../lab/sweep.ts';
import { predictedBytes, requireMemory } from '../../lab/training/memory.ts';
import type { ExperimentPlan, PlannedCell } from '../protocol.ts';
import { describeGrid } from './describe.ts';
import { memoryLimit, pathBytesOf, requirePaths, requireResults } from './sizes.ts';

/**
 * Plans the grid.
 * @param workers number of concurrent runs in memory
 * @throws DefinitionError if a parameterization does not fit the problem, or the runs do not fit into memory
 */
export function planExperiment(experiment: Experiment, read: FunctionReader, workers: number): ExperimentPlan {
  requireResults(experiment);
  const build = builder(read);
  const planned = experiment.variants.map((variant) =>
    atPoint(variant.point, () => planVariant(variant, build, Math.min(workers, runsOf(experiment, variant)))),
  );
  const cells = planned.flatMap(({ variant, programs, space }) => {
    const { point, steps } = variant;
    const problem = problemDescription(variant.problem);
    const optimizers = variant.optimizers.map(([name, optimizer]) => [name, optimizerDescription(optimizer)] as const);
    return programs.flatMap(([parameterization, program]) =>
      optimizers.map(
        ([optimizer, settings]): PlannedCell => ({
          ...{ point, parameterization, optimizer, problem, program, settings, space },
          steps: steps ?? 0,
        }),
      ),
    );
  });
  const pathBytes =
    experiment.seeds.length * cells.reduce((sum, { problem, program }) => sum + pathBytesOf(problem, program), 0);
  requirePaths(experiment, pathBytes);
  const programs = cells.map(({ program }) => program);
  return {
    grid: describeGrid(experiment, programs),
    cells,
    pathBytes,
    pictureSpace: programs.every(({ predictor }) => predictor !== null) ? 'predictors' : 'training outputs',
  };
}

type Build = (parameterization: Parameterization, problem: AnyProblemDescription) => PredictorProgram;

/** Builds a parameterization once for all points of a sweep whose predictors have the same shape. */
function builder(read: FunctionReader): Build {
  const known = new Map<Parameterization, Map<string, PredictorProgram>>();
  return (parameterization, problem) => {
    const programs = known.get(parameterization) ?? new Map<string, PredictorProgram>();
    known.set(parameterization, programs);
    const shape = `${inputKindOf(problem)} ${predictorShapeOf(problem)}`;
    const program = programs.get(shape) ?? buildPredictor(parameterization, problem, read);
    programs.set(shape, program);
    return program;
  };
}

/** Runs of one parameterization at one point. */
function runsOf({ seeds }: Experiment, { optimizers }: Variant): number {
  return seeds.length * optimizers.length;
}

interface PlannedVariant {
  variant: Variant;
  programs: [string, PredictorProgram][];
  space: PathSpace;
}

function planVariant(variant: Variant, build: Build, together: number): PlannedVariant {
  const { problem, optimizers } = variant;
  const predictor = sizeOf(predictorShapeOf(problem));
  const sizes = { ...exampleCounts(problem), predictor, isDense: inputKindOf(problem) === 'rows' };
  withOrigin(problem.origin, () => {
    const bytes = predictedBytes({ ...sizes, parameters: predictor, hidden: null, solvers: [] });
    requireMemory(bytes, memoryLimit(), 'this problem');
  });
  const solvers = optimizers.flatMap(([, optimizer]) => fisherSettings(optimizer)?.solver ?? []);
  const programs = variant.parameterizations.map(([name, parameterization]): [string, PredictorProgram] => {
    const program = build(parameterization, problem);
    const parameters = program.parameters.reduce((sum, parameter) => sum + sizeOf(parameter.shape), 0);
    const bytes = predictedBytes({ ...sizes, parameters, hidden: hiddenOf(program), solvers });
    withOrigin(parameterization.origin, () => requireMemory(bytes * together, memoryLimit(), `'${name}'`));
    return [name, program];
  });
  for (const [name, optimizer] of optimizers) {
    checkOptimizer(optimizer, { name, trainingExamples: sizes.train, programs });
  }
  const havePredictors = programs.every(([, program]) => program.predictor !== null);
  const isOnto = havePredictors && (!sizes.isDense || sizes.train >= predictor);
  return {
    variant,
    programs,
    space: isOnto ? 'predictors' : 'training outputs',
  };
}

/** Hidden values of a network for each example. */
function hiddenOf({ network, parameters }: PredictorProgram): number | null {
  if (!network) return null;
  const shapes = new Map(parameters.map(({ node, shape }) => [node, shape]));
  return network.weights.reduce((sum, weight) => sum + (shapes.get(weight)?.[0] ?? 0), 0);
}
