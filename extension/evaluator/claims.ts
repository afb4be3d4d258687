/** Evaluates the claims of an experiment on its results. */
import type { Claim, ClaimContext, Experiment } from '../lab/experiment.ts';
import { ExperimentResult } from '../lab/metrics/experimentResult.ts';
import type { PathsByRun, Trajectory } from '../lab/metrics/invariance.ts';
import { describePoint } from '../lab/results/index.ts';
import type { ClaimResult } from '../lab/results.ts';
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
  for (const { point, claim } of written) {
    const where = point ? `at ${describePoint(point)}` : '';
    const error = evaluate(claim, { result, point });
    if (error === null) continue;
    if (error !== '') return { claim: name, holds: false, error: where ? `${where}: ${error}` : error };
    failing.push(where);
  }
  const some = failing.length > 0 && failing.length < written.length;
  return { claim: name, holds: failing.length === 0, error: some ? `it does not hold ${failing.join('; ')}` : null };
}

/** Null if the claim holds, empty if it does not, otherwise the reason why it could not be evaluated. */
function evaluate(claim: Claim, context: ClaimContext): string | null {
  try {
    const holds: unknown = claim(context);
    if (typeof holds !== 'boolean') return `the claim returned ${thrownText(holds)} instead of true or false`;
    return holds ? null : '';
  } catch (error) {
    return thrownMessage(error);
  }
}
