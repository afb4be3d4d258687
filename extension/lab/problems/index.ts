/** The index of problems, one line each. All other code looks up problems here. */
import { encode } from '../encoding.ts';
import { givenCompletionProblem } from './completion/given.ts';
import { datasetProblem } from './dataset/definition.ts';
import { drawnLately } from './drawnLately.ts';
import { randomCompletionProblem } from './matrixCompletion.ts';
import { matrixSensingProblem } from './matrixSensing.ts';
import type { Inputs, Loss, Population, Problem, ProblemData, ProblemDefinition } from './problem.ts';
import { regressionProblem } from './regression.ts';
import { separableProblem } from './separable.ts';
import { teacherProblem } from './teacher.ts';

const definitions = {
  separable: separableProblem,
  regression: regressionProblem,
  teacher: teacherProblem,
  matrixSensing: matrixSensingProblem,
  matrixCompletion: randomCompletionProblem,
  givenCompletion: givenCompletionProblem,
  dataset: datasetProblem,
};

type DescriptionOf<D> = D extends ProblemDefinition<infer P> ? P : never;

/** The plain description of any problem. */
export type AnyProblemDescription = DescriptionOf<(typeof definitions)[keyof typeof definitions]>;

/** Any problem, as created by the user. */
export type AnyProblem = Problem<AnyProblemDescription>;

function definitionOf({ type }: AnyProblemDescription): ProblemDefinition {
  return definitions[type];
}

/** Whether a value is a problem of a known kind. */
export function isProblem(value: unknown): value is AnyProblem {
  if (typeof value !== 'object' || value === null || !('type' in value) || !('origin' in value)) return false;
  return typeof value.type === 'string' && Object.hasOwn(definitions, value.type);
}

/**
 * The data of a problem for one run; deterministic in the seed, on every machine. Other runs may get the same arrays,
 * so they must not be changed.
 * @param problem without its origin
 */
export function drawProblem(problem: AnyProblemDescription, seed: number): ProblemData {
  const own = problem.seed ?? seed;
  return drawnLately(problem, own, () => definitionOf(problem).draw(problem, own));
}

/** The same without test data, which take longer to draw than all others where there are many. */
export function drawTraining(problem: AnyProblemDescription, seed: number): ProblemData {
  const data = drawProblem('test' in problem ? { ...problem, test: 0 } : problem, seed);
  return { ...data, test: null, testTargets: null };
}

/** One line for tables and headers. */
export function describeProblem(problem: AnyProblemDescription): string {
  return definitionOf(problem).describe(problem);
}

export function lossOf(problem: AnyProblemDescription): Loss {
  return definitionOf(problem).loss(problem);
}

/** The shape of the predictor, which does not depend on the data: `[d]` or `[rows, columns]`. */
export function predictorShapeOf(problem: AnyProblemDescription): number[] {
  return definitionOf(problem).predictorShape(problem);
}

/** Whether inputs are rows of numbers, or positions in the predictor. */
export function inputKindOf(problem: AnyProblemDescription): Inputs['kind'] {
  return definitionOf(problem).inputs;
}

/** Numbers of training and test examples. */
export function exampleCounts(problem: AnyProblemDescription): { train: number; test: number } {
  return definitionOf(problem).exampleCounts(problem);
}

/** The input distribution of a problem. */
export function populationOf(problem: AnyProblemDescription): Population {
  return definitionOf(problem).population(problem);
}

/** A problem without its origin: plain data for worker threads. */
export function problemDescription({ origin: _origin, ...description }: AnyProblem): AnyProblemDescription {
  return description;
}

/** The bytes that identify a problem, its data and its version. */
export function encodeProblem(problem: AnyProblemDescription): Uint8Array {
  return encode({ ...problem, version: definitionOf(problem).version });
}
