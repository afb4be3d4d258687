/** The seeds of an experiment, as far as they are wanted, and the whole numbers that follow the largest of them. */
export function moreSeeds(seeds: readonly number[], count: number): number[] {
  const last = seeds.reduce((largest, seed) => Math.max(largest, seed), 0);
  const added = Array.from({ length: Math.max(0, count - seeds.length) }, (_, i) => last + 1 + i);
  return [...seeds.slice(0, count), ...added];
}
