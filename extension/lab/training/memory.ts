/** Predicts the memory of a run before anything is allocated. */
import { DefinitionError } from '../errors.ts';
import type { Solver } from './natural/settings.ts';
import { LARGEST_DENSE } from './natural/space.ts';

export interface RunSizes {
  train: number;
  test: number;
  /** Entries of the predictor d; of a network's input. */
  predictor: number;
  /** Hidden activations of a network per example; null for a predictor. */
  hidden: number | null;
  /** All parameters p. */
  parameters: number;
  /** Whether inputs are vectors of length d rather than positions in a matrix. */
  isDense: boolean;
  /** The solvers of natural gradient optimizers; empty if there are none. */
  solvers: readonly Solver[];
}

/** Approximate memory of one run in bytes: data twice (as drawn, and in the program's arena), parameters, curvature. */
export function predictedBytes(sizes: RunSizes): number {
  const { train, test, predictor, hidden, parameters, isDense, solvers } = sizes;
  const data = isDense ? (train + test) * predictor : train + test + predictor;
  const activity = 6 * (train + test) * (hidden ?? 0);
  const space = Math.min(train, hidden === null ? predictor : parameters);
  const isFactored = solvers.some((solver) => solver !== 'iterative' && (solver !== 'auto' || space <= LARGEST_DENSE));
  const curvature = isFactored ? 5 * space * space : solvers.length > 0 ? 10 * (train + parameters) : 0;
  return 8 * (2 * data + activity + 6 * parameters + 4 * predictor + curvature);
}

/**
 * @param what needs the memory, for the message
 * @param where the memory is
 * @throws DefinitionError if `bytes` exceeds the limit
 */
export function requireMemory(
  bytes: number,
  limit: number,
  what: string,
  hint = 'Reduce the dimension, the number of examples or the size of the factors.',
  where = 'of memory',
): void {
  if (bytes <= limit) return;
  const size = (value: number) => `${(value / 2 ** 30).toPrecision(3)} GiB`;
  throw new DefinitionError(`${what} would need about ${size(bytes)} ${where}, more than the ${size(limit)} allowed`, {
    hint,
  });
}
