/** `experiment(name, definition)`: the word with which a lab file says what is to be run. */
import { captureOrigin, DefinitionError, type Origin } from './errors.ts';
import type { ExperimentResult } from './metrics/experimentResult.ts';
import type { Optimizer } from './optimizers/optimizer.ts';
import { isArrayLike, isRecord, Options, show } from './options.ts';
import type { Parameterization } from './parameterizations/parameterization.ts';
import { lossOf, type Problem } from './problems/problem.ts';
import type { SweepPoint } from './results.ts';
import { atPoint, describePoint, type Sweep } from './sweep.ts';

/** What a claim is about. */
export interface ClaimContext {
  /** The results of the whole grid, all points of a sweep among them. */
  result: ExperimentResult;
  /** The point of the sweep at which the claim was written down; null without a sweep. */
  point: SweepPoint | null;
}

/** A statement about the results that holds or does not. */
export type Claim = (context: ClaimContext) => boolean;

/** What an experiment compares: every parameterization is trained with every optimizer for every seed. */
export interface ExperimentDefinition {
  problem: Problem;
  parameterizations: Record<string, Parameterization>;
  optimizers: Record<string, Optimizer>;
  /** Steps of every optimizer. */
  steps: number;
  /** How many seeds (1 … n), or which (default 1). A seed draws data and start, unless the problem has a seed of its own. */
  seeds?: number | number[];
  /** Statements to be checked after the run. In a sweep a claim holds if it holds as written at each of its points. */
  claims?: Record<string, Claim>;
}

/** What is compared at one point of a sweep; without a sweep there is one variant. */
export interface Variant {
  point: SweepPoint | null;
  problem: Problem;
  parameterizations: [string, Parameterization][];
  optimizers: [string, Optimizer][];
  steps: number;
}

/** An experiment that was read and is well formed. */
export interface Experiment {
  name: string;
  origin: Origin;
  /** At least one; all with the same names. */
  variants: Variant[];
  seeds: number[];
  /** By name, as written at each point. */
  claims: [string, { point: SweepPoint | null; claim: Claim }[]][];
}

const defined: Experiment[] = [];

/**
 * Defines an experiment. Everything that is wrong with it is said when the file is read.
 * @param name how lenses, panel and command line call it; no two in a file have the same
 * @param definition what is compared, or a `sweep` of such definitions
 * @throws DefinitionError for an option that is unknown, missing or out of range
 */
export function experiment(name: string, definition: ExperimentDefinition | Sweep): void {
  const origin = captureOrigin(experiment);
  if (typeof name !== 'string' || name.trim() === '')
    throw new DefinitionError(`experiment: the name must be a text; it is ${show(name)}`);
  if (defined.some((other) => other.name === name))
    throw new DefinitionError(`experiment: there are two experiments named '${name}'`);
  const read = isSweep(definition)
    ? definition.points.map((point) => atPoint(point, () => readDefinition(point, definition.define(point))))
    : [readDefinition(null, definition)];
  const [first] = read;
  for (const other of read) requireSame(first, other);
  defined.push({
    name,
    origin,
    variants: read.map(({ seeds: _seeds, claims: _claims, ...variant }) => variant),
    seeds: first.seeds,
    claims: first.claims.map(([claim], i) => [
      claim,
      read.map(({ point, claims }) => ({ point, claim: claims[i][1] })),
    ]),
  });
}

/** Takes the experiments defined since the last call. */
export function takeExperiments(): Experiment[] {
  return defined.splice(0);
}

interface ReadDefinition extends Variant {
  seeds: number[];
  claims: [string, Claim][];
}

function readDefinition(point: SweepPoint | null, definition: unknown): ReadDefinition {
  const known = ['problem', 'parameterizations', 'optimizers', 'steps', 'seeds', 'claims'];
  const read = new Options('experiment', definition, known);
  return {
    point,
    problem: readProblem(read.raw('problem')),
    parameterizations: readNamed(
      read.raw('parameterizations'),
      'parameterizations',
      isParameterization,
      'linear() or elementwise({ u: 0.1 }, …)',
    ),
    optimizers: readNamed(read.raw('optimizers'), 'optimizers', isOptimizer, 'gd({ rate: 0.1 })'),
    steps: read.count('steps'),
    seeds: readSeeds(read.raw('seeds')),
    claims: read.has('claims')
      ? readNamed(read.raw('claims'), 'claims', isClaim, 'a function of { result }', true)
      : [],
  };
}

/** One grid needs the same names everywhere. */
function requireSame(first: ReadDefinition, other: ReadDefinition): void {
  const lists = {
    parameterizations: [first, other].map(({ parameterizations }) => parameterizations.map(([name]) => name)),
    optimizers: [first, other].map(({ optimizers }) => optimizers.map(([name]) => name)),
    claims: [first, other].map(({ claims }) => claims.map(([name]) => name)),
    seeds: [first, other].map(({ seeds }) => seeds.map(String)),
  };
  for (const [what, [a, b]] of Object.entries(lists)) {
    if (a.length === b.length && a.every((name, i) => name === b[i])) continue;
    const at = ({ point }: Variant) => (point ? describePoint(point) : '');
    throw new DefinitionError(
      `sweep: the ${what} must be the same at every point; at ${at(first)} they are ${show(a)}, at ${at(other)} ${show(b)}`,
      {
        hint:
          what === 'seeds' ? null : 'Give an entry the same name at every point and let the point change its options.',
      },
    );
  }
  if (lossOf(first.problem) !== lossOf(other.problem)) {
    throw new DefinitionError('sweep: the loss of the problem must be the same at every point');
  }
}

function readProblem(value: unknown): Problem {
  if (isRecord(value) && typeof value.type === 'string' && 'origin' in value) return value as unknown as Problem;
  throw new DefinitionError(
    `experiment: 'problem' must be a problem; ${value === undefined ? 'it is missing' : `it is ${show(value)}`}`,
    {
      hint: 'For example separable({ dimension: 20, train: 10 }).',
    },
  );
}

function readNamed<T>(
  value: unknown,
  option: string,
  accepts: (entry: unknown) => entry is T,
  example: string,
  allowEmpty = false,
): [string, T][] {
  if (!isRecord(value) || (!allowEmpty && Object.keys(value).length === 0)) {
    const got = value === undefined ? 'it is missing' : isRecord(value) ? 'it is empty' : `it is ${show(value)}`;
    throw new DefinitionError(`experiment: '${option}' must name at least one; ${got}`, {
      hint: `For example { name: ${example} }.`,
    });
  }
  return Object.entries(value).map(([name, entry]) => {
    if (!accepts(entry)) {
      const called = typeof entry === 'function' ? ' Is it to be called with ()?' : '';
      throw new DefinitionError(`experiment: '${name}' in '${option}' is ${show(entry)}`, {
        hint: `It must be ${example}.${called}`,
      });
    }
    return [name, entry];
  });
}

function readSeeds(value: unknown): number[] {
  if (value === undefined) return [1];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1)
    return Array.from({ length: value }, (_, i) => i + 1);
  const isList =
    isArrayLike(value) &&
    value.length > 0 &&
    Array.from(value).every((seed) => Number.isSafeInteger(seed) && Number(seed) >= 0);
  if (isList) return [...new Set(Array.from(value, Number))];
  throw new DefinitionError(
    `experiment: 'seeds' must be a whole number of at least 1, or a list of whole numbers; it is ${show(value)}`,
  );
}

function isParameterization(entry: unknown): entry is Parameterization {
  return isRecord(entry) && entry.kind === 'parameterization';
}

function isOptimizer(entry: unknown): entry is Optimizer {
  return isRecord(entry) && entry.kind === 'optimizer';
}

function isClaim(entry: unknown): entry is Claim {
  return typeof entry === 'function';
}

function isSweep(definition: unknown): definition is Sweep {
  return isRecord(definition) && definition.kind === 'sweep';
}
