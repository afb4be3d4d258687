/** Evaluates the claims of an experiment on its results. */
import { DefinitionError } from '../lab/errors.ts';
import type { Claim, ClaimContext, Experiment } from '../lab/experiment.ts';
import { ExperimentResult } from '../lab/metrics/experimentResult.ts';
import type { PathsByRun, Trajectory } from '../lab/metrics/invariance.ts';
import { describePoint } from '../lab/results/index.ts';
import type { ClaimResult } from '../lab/results.ts';
import { noted, wantedOf } from './claimValues.ts';
import { thrownMessage, thrownText } from './locate.ts';
import type { ClaimInputs } from './protocol.ts';
import { openPaths, type StoredPaths } from './storedPaths.ts';

export function evaluateClaims({ claims }: Experiment, inputs: ClaimInputs): ClaimResult[] {
  const { runs, theory, spaces } = inputs;
  const inSpace = new Map([...inputs.inSpace].map(([space, paths]) => [space, opened(paths)]));
  const paths: PathsByRun = { get: (run) => inSpace.get(spaces[run]!)?.get(run) };
  try {
    const result = new ExperimentResult(runs, paths, theory, inSpace);
    return claims.map(([name, written]) => check(name, written, result));
  } finally {
    for (const one of inSpace.values()) one.close?.();
  }
}

function opened(paths: Map<number, Trajectory> | StoredPaths): PathsByRun & { close?(): void } {
  return paths instanceof Map ? paths : openPaths(paths);
}

/** A claim of a sweep is defined at each point, and holds if it holds at all of them. */
function check(name: string, written: Experiment['claims'][number][1], result: ExperimentResult): ClaimResult {
  const failing: string[] = [];
  const values: NonNullable<ClaimResult['values']> = [];
  const [first] = written;
  const wanted = first ? wantedOf(first.claim) : null;
  const told = () => ({ ...(values.length > 0 ? { values } : {}), ...(wanted === null ? {} : { wanted }) });
  for (const { point, claim } of written) {
    const where = point ? `at ${describePoint(point)}` : '';
    const error = evaluate(claim, { result: noted(result, values, where ? `${where}: ` : ''), point });
    if (error === null) continue;
    if (error !== '') return { claim: name, holds: false, error: where ? `${where}: ${error}` : error, ...told() };
    failing.push(where);
  }
  const some = failing.length > 0 && failing.length < written.length;
  const error = some ? `it does not hold ${failing.join('; ')}` : null;
  return { claim: name, holds: failing.length === 0, error, ...told() };
}

/** Null if the claim holds, empty if it does not, otherwise the reason why it could not be evaluated. */
function evaluate(claim: Claim, context: ClaimContext): string | null {
  try {
    const holds: unknown = claim(context);
    if (typeof holds !== 'boolean') return `the claim returned ${thrownText(holds)} instead of true or false`;
    return holds ? null : '';
  } catch (error) {
    const hint = error instanceof DefinitionError ? error.hint : null;
    return `${thrownMessage(error)}${hint ? ` (${hint})` : ''}`;
  }
}
