/** All conditions in display order, one line each. */
import type { ProblemData } from '../../problems/problem.ts';
import type { ConditionDefinition, RunEnd } from './condition.ts';
import { maxMarginKkt } from './maxMarginKkt.ts';
import { stationarityCondition } from './stationarity.ts';

export const conditions: readonly ConditionDefinition[] = [maxMarginKkt, stationarityCondition];

/** The residuals of all applicable conditions at the end of a run, by the conditions' names. */
export async function residualsOf(data: ProblemData, end: RunEnd): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const { name, residual } of conditions) {
    const value = await residual(data, end);
    if (value !== null) found[name] = value;
  }
  return found;
}
