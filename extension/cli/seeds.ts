/** The seeds of `--seeds`. */
import { InvalidArgumentError } from 'commander';
import { MOST_RUNS } from '../lab/limits.ts';

/**
 * A number of seeds (8: the seeds 1 to 8), or which: ranges and numbers with commas (101-108, or 1,5,9-12).
 * @throws InvalidArgumentError for anything else, and for more seeds than an experiment may have runs
 */
export function seedsOf(text: string): number[] {
  const isCount = /^\d+$/.test(text);
  const parts = text.split(',').map((part) => {
    const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    return isCount ? [1, Number(first)] : [Number(first), Number(last)];
  });
  const isRight = parts.every(([from, to]) => to! >= from! && to! <= Number.MAX_SAFE_INTEGER);
  const count = parts.reduce((sum, [from, to]) => sum + to! - from! + 1, 0);
  if (!isRight || !(count >= 1 && count <= MOST_RUNS)) {
    throw new InvalidArgumentError('It must be a number of seeds, or which, for example 101-108 or 1,5,9-12.');
  }
  const seeds = parts.flatMap(([from, to]) => Array.from({ length: to! - from! + 1 }, (_, i) => from! + i));
  return [...new Set(seeds)];
}
