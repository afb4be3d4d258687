/** The definition of an experiment: what the user writes, and its validated form. */
import { DefinitionError } from './errors.ts';
import { type Fix, type OptionPath, within } from './fixes.ts';
import { MOST_RUNS, MOST_STEPS } from './limits.ts';
import type { ExperimentResult } from './metrics/experimentResult.ts';
import { type AnyOptimizer, isFlow, isOptimizer } from './optimizers/index.ts';
import type { Optimizer } from './optimizers/optimizer.ts';
import { callOf, missingOption } from './optionExamples.ts';
import { isArrayLike, isRecord, Options, show } from './options.ts';
import type { Parameterization } from './parameterizations/parameterization.ts';
import { type AnyProblem, isProblem } from './problems/index.ts';
import type { Problem } from './problems/problem.ts';
import type { SweepPoint } from './results.ts';

/** What a claim function receives. */
export interface ClaimContext {
  /** The results of the whole grid, including all points of a sweep. */
  result: ExperimentResult;
  /** The sweep point that the claim was defined at; null without a sweep. */
  point: SweepPoint | null;
}

/** A statement about the results; true if it holds. */
export type Claim = (context: ClaimContext) => boolean;

/** What an experiment compares: every parameterization is trained with every optimizer for every seed. */
export interface ExperimentDefinition {
  /**
   * The data and the loss.
   * @example problem: separable({ dimension: 20, train: 10 })
   */
  problem: Problem;
  /**
   * The parameterizations to compare, by the names that lenses, panel and claims use.
   * @example parameterizations: { 'w = θ': linear(), 'w = u² - v²': elementwise({ u: 0.1, v: 0.1 }, ({ u, v }) => u * u - v * v) }
   */
  parameterizations: Record<string, Parameterization>;
  /**
   * The optimizers to compare, by the names that lenses, panel and claims use.
   * @example optimizers: { GD: gd({ rate: 0.1 }), NGD: ngd({ rate: 0.01 }) }
   */
  optimizers: Record<string, Optimizer>;
  /**
   * Number of steps of each optimizer that takes steps; not needed if all optimizers are flows.
   * @example steps: 1000
   */
  steps?: number;
  /**
   * Number of seeds (1 … n), or a list of seeds (default 1). A seed determines the data and the initial parameters; a
   * problem with its own `seed` fixes the data.
   * @example seeds: 4
   */
  seeds?: number | number[];
  /**
   * Statements that are checked after the run (default: none). In a sweep, a claim holds if it holds at every point.
   * @example claims: { 'NGD takes one path': ({ result }) => result.invariance('NGD') < 0.05 }
   */
  claims?: Record<string, Claim>;
  /**
   * Options that replace those of the definition when it is run with `--full`, for example the published size of an
   * experiment that is kept small otherwise. By default there is no other size. What is not named here stays as it is.
   * @example full: { seeds: 20, steps: 10_000 }
   */
  full?: FullSize;
}

/** What replaces the options of a definition with `--full`. */
export interface FullSize extends Partial<Omit<ExperimentDefinition, 'full'>> {
  /**
   * Seconds of wall-clock time that the experiment may take (default 3600); then its training is stopped.
   * @example timeLimit: 600
   */
  timeLimit?: number;
}

/** What is compared at one sweep point; an experiment without a sweep has one variant. */
export interface Variant {
  point: SweepPoint | null;
  problem: AnyProblem;
  parameterizations: [string, Parameterization][];
  optimizers: [string, AnyOptimizer][];
  /** Null if every optimizer is a flow. */
  steps: number | null;
}

/** A validated definition. */
export interface ReadDefinition extends Variant {
  seeds: number[];
  claims: [string, Claim][];
  full: ReadFullSize | null;
}

/** The definition that `--full` runs. */
export interface ReadFullSize extends Omit<ReadDefinition, 'full'> {
  /** Seconds. */
  timeLimit: number;
}

const OPTIONS = ['problem', 'parameterizations', 'optimizers', 'steps', 'seeds', 'claims'];

/** Seconds that a full size may take unless it says otherwise. */
const TIME_LIMIT = 3600;

/** @throws DefinitionError for an option that is unknown, missing or out of range */
export function readDefinition(point: SweepPoint | null, definition: unknown): ReadDefinition {
  const read = new Options('experiment', definition, [...OPTIONS, 'full']);
  const own = readOptions(point, read);
  return { ...own, full: read.has('full') ? readFull(point, definition as object, read.raw('full')) : null };
}

/** The definition with other options where `full` has some. */
function readFull(point: SweepPoint | null, definition: object, full: unknown): ReadFullSize {
  const read = new Options("experiment: 'full'", full, [...OPTIONS, 'timeLimit'], ['full']);
  const { timeLimit: _, ...replaced } = full as FullSize;
  const given = Object.fromEntries(Object.entries(replaced).filter(([, value]) => value !== undefined));
  if (Object.keys(given).length === 0) {
    throw new DefinitionError("experiment: 'full' must replace at least one option of the definition", {
      hint: 'For example { problem: matrixCompletion({ rows: 100, columns: 100, rank: 5, observed: 2000 }) }.',
    });
  }
  const timeLimit = read.positive('timeLimit', TIME_LIMIT);
  return {
    ...withinFull(() =>
      readOptions(point, new Options('experiment', { ...definition, ...given }, [...OPTIONS, 'full'])),
    ),
    timeLimit,
  };
}

/** Runs `action`; a definition error thrown in it says that it is about `full`. */
function withinFull<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    const { origin, stack = '', fixes } = error;
    throw error.but({
      message: `in 'full': ${error.message}`,
      origin: origin ?? { stack },
      // A building block has a call of its own.
      fixes: origin ? fixes : fixes.map((fix) => within(['full'], fix)),
    });
  }
}

function readOptions(point: SweepPoint | null, read: Options): Omit<ReadDefinition, 'full'> {
  const optimizers = readNamed(read.raw('optimizers'), 'optimizers', isOptimizer, 'gd({ rate: 0.1 })');
  const areFlows = optimizers.every(([, optimizer]) => isFlow(optimizer));
  return {
    point,
    problem: readProblem(read.raw('problem')),
    parameterizations: readNamed(
      read.raw('parameterizations'),
      'parameterizations',
      isParameterization,
      'linear() or elementwise({ u: 0.1 }, …)',
    ),
    optimizers,
    steps: areFlows && !read.has('steps') ? null : read.count('steps', undefined, 1, MOST_STEPS),
    seeds: readSeeds(read.raw('seeds')),
    claims: read.has('claims')
      ? readNamed(read.raw('claims'), 'claims', isClaim, 'a function of { result }', true)
      : [],
  };
}

function readProblem(value: unknown): AnyProblem {
  if (isProblem(value)) return value;
  throw new DefinitionError(
    `experiment: 'problem' must be a problem; ${value === undefined ? 'it is missing' : `it is ${show(value)}`}`,
    {
      hint: 'For example separable({ dimension: 20, train: 10 }).',
      fixes: value === undefined ? missingOption('experiment', 'problem') : uncalled(['problem'], value),
    },
  );
}

/** The fix for a building block that is not called; none for other values. */
function uncalled(path: OptionPath, value: unknown): Fix[] {
  if (typeof value !== 'function') return [];
  const call = callOf(value.name);
  return call === null ? [] : [{ type: 'set', path, value: call }];
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
    throw new DefinitionError(`experiment: '${option}' must have at least one named entry; ${got}`, {
      hint: `For example { name: ${example} }.`,
      fixes: value === undefined ? missingOption('experiment', option) : [],
    });
  }
  return Object.entries(value).map(([name, entry]) => {
    if (!accepts(entry)) {
      const called = typeof entry === 'function' ? ' Did you forget to call it?' : '';
      throw new DefinitionError(`experiment: '${name}' in '${option}' is ${show(entry)}`, {
        hint: `It must be ${example}.${called}`,
        fixes: uncalled([option, name], entry),
      });
    }
    return [name, entry];
  });
}

function readSeeds(value: unknown): number[] {
  if (value === undefined) return [1];
  const count = isArrayLike(value) ? value.length : value;
  if (typeof count === 'number' && Number.isSafeInteger(count) && count > MOST_RUNS) {
    throw new DefinitionError(
      `experiment: 'seeds' asks for ${count} seeds, more than the ${MOST_RUNS} runs that an experiment may have`,
      { hint: 'Use fewer seeds, or divide them between several experiments: a list gives the seeds themselves.' },
    );
  }
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

function isClaim(entry: unknown): entry is Claim {
  return typeof entry === 'function';
}
