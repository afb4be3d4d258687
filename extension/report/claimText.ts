/** Claims in words. */
import { numberText } from '../lab/results/index.ts';
import type { ClaimResult } from '../lab/results.ts';

/**
 * The numbers of a claim and what it wants: `invariance('NGD') = 0.0014; wanted: invariance('NGD') < 0.05`.
 * @param shown how numbers are written
 */
export function claimNumbers(
  { values = [], wanted }: Pick<ClaimResult, 'values' | 'wanted'>,
  shown: (text: string) => string = (text) => text,
): string {
  const numbers = values.map(({ expression, value }) => `${expression} = ${shown(numberText(value, 'number'))}`);
  return [numbers.join(', '), ...(wanted ? [`wanted: ${wanted}`] : [])].filter((part) => part !== '').join('; ');
}

/** A claim with its outcome: `holds: one path (invariance('NGD') = 0.0014; wanted: invariance('NGD') < 0.05)`. */
export function claimText(result: ClaimResult): string {
  const { claim, holds, error } = result;
  const details = [error ?? '', claimNumbers(result)].filter(Boolean).join('; ');
  return `${holds ? 'holds' : 'does not hold'}: ${claim}${details ? ` (${details})` : ''}`;
}
