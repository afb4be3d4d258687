/** Which parameterizations and optimizers are meant by a place in the text, and where their names stand. */
import type { FoundProperty, TextRange } from '../definitions/index.ts';
import type { NamedCall } from './trackedDocument.ts';

/** What the results panel lights up, or asks the editor to light up; null for what is not named. */
export interface LitNames {
  parameterization: string | null;
  optimizer: string | null;
}

/** What is named at a place of an experiment. @param line and column from 1 */
export function namesAt(
  call: Pick<NamedCall, 'parameterizations' | 'optimizers'>,
  line: number,
  column: number,
): LitNames {
  const at = (properties: readonly FoundProperty[]) =>
    properties.find(({ range }) => isIn(range, line, column))?.name ?? null;
  return { parameterization: at(call.parameterizations), optimizer: at(call.optimizers) };
}

function isIn({ start, end }: TextRange, line: number, column: number): boolean {
  const isAfterStart = line > start.line || (line === start.line && column >= start.column);
  return isAfterStart && (line < end.line || (line === end.line && column <= end.column));
}

/** Where the names stand. */
export function rangesOf(
  call: Pick<NamedCall, 'parameterizations' | 'optimizers'>,
  { parameterization, optimizer }: LitNames,
): TextRange[] {
  const of = (properties: readonly FoundProperty[], name: string | null) =>
    properties.filter((one) => one.name === name).map(({ range }) => range);
  return [...of(call.parameterizations, parameterization), ...of(call.optimizers, optimizer)];
}
