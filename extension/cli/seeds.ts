/** The seeds of `--seeds`. */
import { InvalidArgumentError } from 'commander';
import { MOST_RUNS } from '../lab/limits.ts';

/** Ranges of seeds that are listed. */
const MOST_SHOWN = 5;

/** For example `8 seeds`, `4 seeds (101–104)` or `3 seeds (1, 5, 9)`. */
export function seedsText(seeds: readonly number[]): string {
  const count = `${seeds.length} ${seeds.length === 1 ? 'seed' : 'seeds'}`;
  const isCounted = seeds.every((seed, i) => seed === i + 1);
  if (isCounted) return count;
  const ranges: [number, number][] = [];
  for (const seed of seeds) {
    const last = ranges.at(-1);
    if (last && seed === last[1] + 1) last[1] = seed;
    else ranges.push([seed, seed]);
  }
  const shown = ranges.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`));
  const listed = shown.length > MOST_SHOWN ? [...shown.slice(0, MOST_SHOWN), '…'] : shown;
  return `${count} (${listed.join(', ')})`;
}

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
