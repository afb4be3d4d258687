/** How much memory a run will take, asked before anything is allocated. */
import { DefinitionError } from '../errors.ts';

export interface RunSizes {
  train: number;
  test: number;
  /** Entries of the predictor d. */
  predictor: number;
  /** All parameters p. */
  parameters: number;
  /** Inputs are vectors of length d, not positions in a matrix. */
  isDense: boolean;
  /** A Gram matrix is needed. */
  isNatural: boolean;
}

/** Bytes that one run takes, roughly: data twice (drawn, and in the program's arena), parameters, curvature. */
export function predictedBytes({ train, test, predictor, parameters, isDense, isNatural }: RunSizes): number {
  const data = isDense ? (train + test) * predictor : train + test + predictor;
  const space = Math.min(train, predictor);
  const curvature = isNatural ? 5 * space * space : 0;
  return 8 * (2 * data + 6 * parameters + 4 * predictor + curvature);
}

/** @throws DefinitionError where `bytes` exceed the limit */
export function refuseTooLarge(bytes: number, limit: number, what: string): void {
  if (bytes <= limit) return;
  const size = (value: number) => `${(value / 2 ** 30).toPrecision(3)} GiB`;
  throw new DefinitionError(`${what} would need about ${size(bytes)} of memory, more than the ${size(limit)} allowed`, {
    hint: 'Make the dimension, the number of examples or the factors smaller.',
  });
}
