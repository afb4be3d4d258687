import { numberText } from '../extension/lab/results/index.ts';
import type { ClaimResult } from '../extension/lab/results.ts';
import { typeset } from './format.ts';
import type { Experiment } from './state.ts';

/** A claim with its outcome; null until it has been evaluated. */
export interface Verdict {
  claim: string;
  holds: boolean | null;
  error: string | null;
  values?: ClaimResult['values'];
  wanted?: string;
}

/** The claims in the grid's order, evaluated or not. */
export function verdicts({ grid, claims }: Pick<Experiment, 'grid' | 'claims'>): Verdict[] {
  const known = new Map(claims.map((one) => [one.claim, one]));
  const names = [...new Set([...(grid?.claims ?? []), ...known.keys()])];
  return names.map((claim) => known.get(claim) ?? { claim, holds: null, error: null });
}

/** The same in as few signs as possible, where the claim compares one number: `0.0014 < 0.05`. */
export function shortNumbers({ values = [], wanted = '' }: Pick<Verdict, 'values' | 'wanted'>): string {
  const [first, ...others] = values;
  if (!first || others.length > 1) return '';
  const compared = /^(.+?) ([<>]=?) (.+)$/.exec(wanted);
  const [, left, sign, right] = compared ?? [];
  if (!left || !right || /&&|\|\||\?/.test(wanted)) return '';
  const plain = (text: string) => text.replace(/\s|"|'/g, '');
  const number = (value: number) => typeset(numberText(value, 'number'));
  const isFirst = plain(left).includes(plain(first.expression));
  if (!isFirst || (plain(left) !== plain(first.expression) && others.length === 0)) return '';
  if (others.length === 0) return /^[\d.e+-]+$/i.test(right) ? `${number(first.value)} ${sign} ${typeset(right)}` : '';
  return plain(left) === plain(first.expression) ? `${number(first.value)} against ${number(others[0]!.value)}` : '';
}
