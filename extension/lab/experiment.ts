/** `experiment(name, definition)`: declares an experiment in a lab file. */
import {
  type Claim,
  type ExperimentDefinition,
  type ReadDefinition,
  readDefinition,
  type Variant,
} from './definition.ts';
import { captureOrigin, DefinitionError, type Origin } from './errors.ts';
import { isRecord, show } from './options.ts';
import { lossOf } from './problems/index.ts';
import { describePoint } from './results/points.ts';
import type { SweepPoint } from './results.ts';
import { atPoint, type Sweep } from './sweep.ts';

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
}

const defined: Experiment[] = [];

/**
 * Defines an experiment. The definition is validated when the file is loaded.
 * @param name shown in lenses, panel and command line; unique within the file
 * @param definition what is compared, or a `sweep` of such definitions
 * @throws DefinitionError for an option that is unknown, missing or out of range
 */
export function experiment(name: string, definition: ExperimentDefinition | Sweep): void {
  const origin = captureOrigin(experiment);
  if (typeof name !== 'string' || name.trim() === '')
    throw new DefinitionError(`experiment: the name must be a string; it is ${show(name)}`);
  if (defined.some((other) => other.name === name))
    throw new DefinitionError(`experiment: there are two experiments named '${name}'`);
  const read = isSweep(definition)
    ? definition.points.map((point) => atPoint(point, () => readDefinition(point, definition.define(point))))
    : [readDefinition(null, definition)];
  const first = read[0]!;
  for (const other of read) requireSame(first, other);
  defined.push({
    name,
    origin,
    variants: read.map(({ seeds: _seeds, claims: _claims, ...variant }) => variant),
    seeds: first.seeds,
    claims: first.claims.map(([claim], i) => [
      claim,
      read.map(({ point, claims }) => ({ point, claim: claims[i]![1] })),
    ]),
  });
}

/** Returns the experiments defined since the last call, and forgets them. */
export function takeExperiments(): Experiment[] {
  return defined.splice(0);
}

/** All points of a sweep form one grid, so they must use the same names. */
function requireSame(first: ReadDefinition, other: ReadDefinition): void {
  const listsOf = ({ parameterizations, optimizers, claims, seeds }: ReadDefinition) => ({
    parameterizations: parameterizations.map(([name]) => name),
    optimizers: optimizers.map(([name]) => name),
    claims: claims.map(([name]) => name),
    seeds: seeds.map(String),
  });
  const [ofFirst, ofOther] = [listsOf(first), listsOf(other)];
  for (const what of ['parameterizations', 'optimizers', 'claims', 'seeds'] as const) {
    const [a, b] = [ofFirst[what], ofOther[what]];
    if (a.length === b.length && a.every((name, i) => name === b[i])) continue;
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

function isSweep(definition: unknown): definition is Sweep {
  return isRecord(definition) && definition.kind === 'sweep';
}
