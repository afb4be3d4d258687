import { shownName } from '../extension/report/shownName.ts';
import type { Experiment } from './state.ts';

/** A claim with its outcome; null until it has been evaluated. */
export interface Verdict {
  claim: string;
  holds: boolean | null;
  error: string | null;
}

/** The claims in the grid's order, evaluated or not. */
export function verdicts({ grid, claims }: Pick<Experiment, 'grid' | 'claims'>): Verdict[] {
  const known = new Map(claims.map((one) => [one.claim, one]));
  const names = [...new Set([...(grid?.claims ?? []), ...known.keys()])];
  return names.map((claim) => known.get(claim) ?? { claim, holds: null, error: null });
}

/** Summary of the claims, naming those that fail: `2 of 3 claims hold, not “depth helps GD”`. */
export function verdictSummary(all: readonly Verdict[]): string {
  const holding = all.filter((one) => one.holds).length;
  const failing = all.filter((one) => one.holds === false);
  const noun = all.length === 1 ? 'claim' : 'claims';
  if (all.every((one) => one.holds === null)) return `${all.length} ${noun} to check`;
  if (holding === all.length) return all.length === 1 ? 'the claim holds' : `all ${all.length} claims hold`;
  const some = `${holding} of ${all.length} ${noun} ${holding === 1 || all.length === 1 ? 'holds' : 'hold'}`;
  return failing.length ? `${some}, not ${failing.map((one) => `“${shownName(one.claim)}”`).join(', ')}` : some;
}
