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
