/** `experiment(name, definition)`: declares an experiment in a lab file. */
import {
  type Claim,
  type ExperimentDefinition,
  type ReadDefinition,
  type ReadFullSize,
  readDefinition,
  type Variant,
} from './definition.ts';
import { captureOrigin, DefinitionError, type Origin } from './errors.ts';
import { requireRuns } from './limits.ts';
import { isRecord, show } from './options.ts';
import { lossOf } from './problems/index.ts';
import { describePoint } from './results/points.ts';
import type { SweepPoint } from './results.ts';
import { atPoint, type DefinedSweep, type Sweep } from './sweep.ts';

export type { Claim, ClaimContext, Variant } from './definition.ts';

/** A validated experiment. */
export interface Experiment {
  name: string;
  origin: Origin;
  /** At least one; all use the same names. */
  variants: Variant[];
  seeds: number[];
  /** By name, as defined at each sweep point. */
  claims: [string, { point: SweepPoint | null; claim: Claim }[]][];
  /** Seconds that it may take, for a full size; otherwise null. */
  timeLimit: number | null;
}

/** An experiment as it is defined, in its own size and in what `--full` runs instead. */
export interface SizedExperiment extends Experiment {
  /** Null without a `full`. */
  full: Experiment | null;
}

/** What is read at a point, in whichever size. */
type Read = Omit<ReadDefinition, 'full'>;

/** By name, in the order of their definition. */
const defined = new Map<string, SizedExperiment>();

/**
 * Defines an experiment. The definition is validated when the file is loaded.
 * @param name shown in lenses, panel and command line; unique within the file
 * @param definition what is compared, or a `sweep` of such definitions
 * @throws DefinitionError for an option that is unknown, missing or out of range
 * @example experiment('Sparse truth', {
 *   problem: separable({ dimension: 100, train: 80, sparsity: 3 }),
 *   parameterizations: { 'w = θ': linear(), 'w = u² - v²': diagonal() },
 *   optimizers: { GD: gd({ rate: 0.1 }), NGD: ngd({ rate: 0.01 }) },
 *   steps: 1000,
 * });
 */
export function experiment(name: string, definition: ExperimentDefinition | Sweep): void {
  const origin = captureOrigin(experiment);
  if (typeof name !== 'string' || name.trim() === '')
    throw new DefinitionError(`experiment: the name must be a string; it is ${show(name)}`);
  if (defined.has(name)) throw new DefinitionError(`experiment: there are two experiments named '${name}'`);
  const read = readPoints(definition);
  const full = fullOf(read);
  defined.set(name, {
    ...gather(name, origin, read, null),
    full: full && gather(name, origin, full, full[0].timeLimit),
  });
}

/** One experiment of what was read at its points. */
function gather(name: string, origin: Origin, read: readonly [Read, ...Read[]], timeLimit: number | null): Experiment {
  const [{ seeds, claims }] = read;
  return {
    name,
    origin,
    variants: read.map(({ point, problem, parameterizations, optimizers, steps }) => ({
      point,
      problem,
      parameterizations,
      optimizers,
      steps,
    })),
    seeds,
    claims: claims.map(([claim], i) => [claim, read.map(({ point, claims }) => ({ point, claim: claims[i]![1] }))]),
    timeLimit,
  };
}

/** The full size at each point, or null if there is none. */
function fullOf([first, ...others]: readonly [ReadDefinition, ...ReadDefinition[]]):
  | [ReadFullSize, ...ReadFullSize[]]
  | null {
  const missing = [first, ...others].find(({ full }) => (full === null) !== (first.full === null));
  if (missing) {
    const at = missing.full === null ? missing : first;
    throw new DefinitionError(
      `sweep: either every point has a 'full' or none; there is none at ${describePoint(at.point!)}`,
    );
  }
  if (!first.full) return null;
  requireRunsOf(first.full, others.length + 1);
  const full: [ReadFullSize, ...ReadFullSize[]] = [first.full];
  for (const other of others) {
    requireSame(first.full, other.full!);
    full.push({ ...other.full!, seeds: first.full.seeds });
  }
  return full;
}

/** Reads the definition at each point; the number of runs is known, and refused, after the first one. */
function readPoints(definition: ExperimentDefinition | Sweep): [ReadDefinition, ...ReadDefinition[]] {
  const [points, define] = isSweep(definition) ? [definition.points, definition.define] : [[null], () => definition];
  const readAt = (point: SweepPoint | null) => atPoint(point, () => readDefinition(point, define(point ?? {})));
  const [at, ...others] = points;
  const first = readAt(at ?? null);
  requireRunsOf(first, points.length);
  const read: [ReadDefinition, ...ReadDefinition[]] = [first];
  for (const point of others) {
    const other = readAt(point);
    requireSame(first, other);
    // One list serves all points: there may be thousands of seeds.
    read.push({ ...other, seeds: first.seeds });
  }
  return read;
}

function requireRunsOf(
  { parameterizations, optimizers, seeds }: Pick<Read, 'parameterizations' | 'optimizers' | 'seeds'>,
  points: number,
): void {
  requireRuns([
    [points, 'points'],
    [parameterizations.length, 'parameterizations'],
    [optimizers.length, 'optimizers'],
    [seeds.length, 'seeds'],
  ]);
}

/** What is asked of an experiment instead of what its definition says. */
export interface Instead {
  /** Null for its own. */
  seeds: number[] | null;
  /** Null for its own; flows take none. */
  steps: number | null;
  /** Whether it takes the options of its `full`, where it has one. */
  full?: boolean | undefined;
}

/**
 * The experiment that is asked for.
 * @throws DefinitionError if that is more than an experiment may have
 */
export function withInstead(defined: SizedExperiment, { seeds, steps, full = false }: Instead): Experiment {
  const experiment = (full ? defined.full : null) ?? defined;
  const [{ parameterizations, optimizers }] = experiment.variants as [Variant];
  requireRunsOf({ parameterizations, optimizers, seeds: seeds ?? experiment.seeds }, experiment.variants.length);
  const variants = experiment.variants.map((variant) => (variant.steps === null ? variant : { ...variant, steps }));
  return { ...experiment, seeds: seeds ?? experiment.seeds, variants: steps === null ? experiment.variants : variants };
}

/** Returns the experiments defined since the last call, and forgets them. */
export function takeExperiments(): SizedExperiment[] {
  const taken = [...defined.values()];
  defined.clear();
  return taken;
}

/** All points of a sweep form one grid, so they must use the same names. */
function requireSame(first: Read, other: Read): void {
  const listsOf = ({ parameterizations, optimizers, claims, seeds }: Read) => ({
    parameterizations: parameterizations.map(([name]) => name),
    optimizers: optimizers.map(([name]) => name),
    claims: claims.map(([name]) => name),
    seeds,
  });
  const [ofFirst, ofOther] = [listsOf(first), listsOf(other)];
  for (const what of ['parameterizations', 'optimizers', 'claims', 'seeds'] as const) {
    const [a, b] = [ofFirst[what], ofOther[what]];
    if (a.length === b.length && a.every((one: string | number, i: number) => one === b[i])) continue;
    const at = ({ point }: Variant) => (point ? describePoint(point) : '');
    throw new DefinitionError(
      `sweep: the ${what} must be the same at every point; at ${at(first)} they are ${show(a)}, at ${at(other)} ${show(b)}`,
      {
        hint: what === 'seeds' ? null : 'Use the same name at every point and let the point change its options.',
      },
    );
  }
  if (lossOf(first.problem) !== lossOf(other.problem)) {
    throw new DefinitionError('sweep: the loss of the problem must be the same at every point');
  }
}

function isSweep(definition: unknown): definition is DefinedSweep {
  return isRecord(definition) && definition.kind === 'sweep';
}
