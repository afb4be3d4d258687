/** What theory says of the runs on the data of one seed: where they tend, along which curve, and how far they are. */
import { isNatural, type OptimizerRule } from '../optimizers/optimizer.ts';
import { initialize } from '../parameterizations/initialization.ts';
import type { PredictorProgram } from '../parameterizations/parameterization.ts';
import { drawProblem } from '../problems/draw.ts';
import { lossOf, type Problem, type ProblemData } from '../problems/problem.ts';
import type { Comparison, SweepPoint, Theory, TheoryCurve, TheoryTarget } from '../results.ts';
import { angle, relativeDistance } from './compare.ts';
import { areIndependent, curvesOf, isLong } from './curves.ts';
import { deepProductLoss } from './deepProduct.ts';
import { hyperbolicEntropyFit } from './hyperbolicEntropyFit.ts';
import { hasFullRank, isMeasurable } from './jacobianRank.ts';
import { parameterCount } from './outputsAt.ts';
import { LARGEST_DATA, limitsFrom, type NaturalFlows, type Prediction, predictionsOf } from './predictions.ts';
import { movesPredictorFreely } from './predictorRank.ts';
import { CONDITIONS, type RunEnd, residualsOf } from './residuals.ts';
import { squareDifferenceStart } from './squareDifference.ts';

/** A run that has ended. */
export interface EndedRun {
  run: number;
  program: PredictorProgram;
  optimizer: OptimizerRule;
  /** The predictor at the start and at the end, in its shape; null for a network, the end where the run diverged. */
  start: Float64Array | null;
  end: Float64Array | null;
  /** Whether it came to its end: its steps, or the time asked for. */
  isFinished: boolean;
  /** All parameters at the end, [p]; null where the run diverged, and where they were too many to be kept. */
  parameters: Float64Array | null;
  /** f on the training inputs at the start, [n]. */
  startOutputs: Float64Array;
  /** The run's samples. */
  step: Float64Array;
  time: Float64Array;
}

/** The runs on one problem with one seed. */
export interface TheoryRequest {
  point: SweepPoint | null;
  seed: number;
  problem: Problem;
  /** Whether targets and curves are wanted, besides the comparisons. */
  isShown: boolean;
  /** Of a network theory names no predictor: there are a condition and a curve. */
  runs: EndedRun[];
}

/** Whether theory may have something to say of such runs. */
export function isTheorized(program: PredictorProgram, optimizer: OptimizerRule, problem: Problem): boolean {
  return program.predictor !== null || isNatural(optimizer) || lossOf(problem) === 'logistic';
}

/** Compares the runs with everything that applies to them. */
export async function theoryOf({ point, seed, problem, isShown, runs }: TheoryRequest): Promise<Theory> {
  const data = drawProblem(problem, seed);
  const common = runs.some(({ start }) => start !== null) ? await predictionsOf(data) : [];
  const own = new Map<string, Promise<Prediction[]>>();
  const drawn = new Map<string, Prediction[]>();
  const comparisons: Theory['comparisons'] = [];
  for (const run of runs) {
    const { start, end, program, parameters } = run;
    const to: Record<string, Comparison> = {};
    if (start) {
      // Runs from one start share what depends on it.
      const flows = limitsOf(data, run, seed);
      const key = `${flows.train} ${flows.population} ${start.join(' ')}`;
      const limits = own.get(key) ?? limitsFrom(data, start, flows);
      own.set(key, limits);
      const found = await limits;
      if (found.length > 0 && followsNaturalFlow(run, data)) drawn.set(key, found);
      if (end) Object.assign(to, compare(end, [...common, ...found, ...entropyFit(data, run, seed)]));
    }
    if (end || parameters) Object.assign(to, await conditions(data, { program, parameters, predictor: end }));
    if (Object.keys(to).length > 0) comparisons.push({ run: run.run, to });
  }
  const named = new Set(comparisons.flatMap(({ to }) => Object.keys(to)));
  // Limits of several starts would not tell whose they are.
  const shared = drawn.size === 1 ? [...common, ...[...drawn.values()].flat()] : common;
  return {
    point,
    seed,
    targets: isShown ? shared.map(target) : [],
    conditions: isShown ? Object.values(CONDITIONS).filter(({ name }) => named.has(name)) : [],
    curves: isShown ? runs.flatMap((run) => curveOf(data, run, seed) ?? []) : [],
    comparisons,
  };
}

/** Which limits of natural gradient flow a run may be compared with: those that its parameterization would reach under it. */
function limitsOf(data: ProblemData, run: EndedRun, seed: number): NaturalFlows {
  const { train, loss } = data;
  const { optimizer, isFinished } = run;
  const isEntries = train.kind === 'entries';
  const hasLimit = isEntries || (loss === 'logistic' && train.count > train.dimension);
  // A natural gradient run that did not come to its end, or goes in long steps, says nothing of the flow's limit.
  const isOff = isNatural(optimizer) && (!isFinished || isLong(optimizer));
  // The rank comes last: it is what takes time.
  const holds = hasLimit && !isOff && movesFreely(data, run, seed);
  return { train: holds && !isEntries, population: holds && isEntries };
}

/** Whether a run goes along natural gradient flow itself: its limits are drawn. */
function followsNaturalFlow({ optimizer }: EndedRun, data: ProblemData): boolean {
  const fisher = data.train.kind === 'entries' ? 'population' : 'train';
  return isNatural(optimizer) && optimizer.damping === 0 && optimizer.fisher === fisher;
}

/** Whether a run's predictor could move in every direction at its start and, as far as is known, at its end. */
function movesFreely(data: ProblemData, { program, parameters }: EndedRun, seed: number): boolean {
  const shapes = program.parameters.map(({ shape }) => shape);
  const start = initialize(program.initialization, shapes, seed);
  return movesPredictorFreely(program, data, parameters === null ? [start] : [start, parameters]);
}

function target({ point, ...prediction }: Prediction): TheoryTarget {
  return { ...prediction, predictor: point };
}

function compare(end: Float64Array, predictions: readonly Prediction[]): Record<string, Comparison> {
  return Object.fromEntries(
    predictions.map(({ name, kind, point }) => [
      name,
      kind === 'direction' ? { angle: angle(end, point) } : { distance: relativeDistance(end, point) },
    ]),
  );
}

async function conditions(data: ProblemData, end: RunEnd): Promise<Record<string, Comparison>> {
  const residuals = await residualsOf(data, end);
  return Object.fromEntries(Object.entries(residuals).map(([name, residual]) => [name, { residual }]));
}

function curveOf(data: ProblemData, ended: EndedRun, seed: number): TheoryCurve | null {
  const { run, program, optimizer, startOutputs, parameters, step, time } = ended;
  const isKnown = parameters !== null && isMeasurable(program, data);
  const loss = curvesOf(
    data,
    optimizer,
    startOutputs,
    parameterCount(program),
    () => {
      if (program.predictor !== null && !areIndependent(data)) return false;
      // Of a predictor with inputs in general position it may be taken on trust, of a network it may not.
      return isKnown ? hasFullRank(program, data, seed, parameters) : program.predictor !== null;
    },
    () => movesFreely(data, ended, seed),
  );
  if (loss) return { run, name: 'natural gradient flow', step, time, trainLoss: loss(time) };
  const modes = followsGradient(optimizer) ? deepProductLoss(data, program, seed, stepOf(optimizer)) : null;
  return modes && { run, name: 'modes of the deep product', step, time, trainLoss: modes(time) };
}

/** Whether an optimizer is gradient flow, or goes along it in finite steps. */
function followsGradient(optimizer: OptimizerRule): boolean {
  if (optimizer.type === 'gd') return !optimizer.normalized && optimizer.batch === null;
  return optimizer.type === 'gradientFlow';
}

/** The length of a step in time; 0 of a flow. */
function stepOf(optimizer: OptimizerRule): number {
  return 'rate' in optimizer ? optimizer.rate : 0;
}

/** The interpolator of least hyperbolic entropy, for u² − v² under the square loss. */
function entropyFit(data: ProblemData, { program }: EndedRun, seed: number): Prediction[] {
  const { train, trainTargets, loss } = data;
  if (loss !== 'square' || train.kind !== 'rows' || train.count >= train.dimension) return [];
  if (train.values.length > LARGEST_DATA) return [];
  const alpha = squareDifferenceStart(program, seed);
  const point = alpha && hyperbolicEntropyFit(train.values, train.count, train.dimension, trainTargets, alpha);
  if (!point) return [];
  return [
    {
      name: 'least hyperbolic entropy',
      kind: 'point',
      point,
      meaning: 'Gradient flow on u² − v² tends here from its start: between the least L1 and the least L2 norm.',
      source: 'Woodworth et al. 2020',
    },
  ];
}
