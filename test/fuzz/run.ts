/**
 * `npm run fuzz -- [CASES [SEED [TARGET]]]`: random and hostile inputs, shared out among the targets whose name contains
 * TARGET. Exit status 1 if there is a fault. Writes the figures to `.cache/reliability/fuzz.json`, where those of other
 * targets stay.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { targets } from './targets/index.ts';

const [cases, seed, wanted] = [
  Number(process.argv[2] ?? 1_000_000),
  Number(process.argv[3] ?? 1),
  process.argv[4] ?? '',
];
const chosen = targets.filter(({ name }) => name.includes(wanted));
const figures = chosen.map((target) => {
  const began = performance.now();
  const tally = target.check(Math.ceil((cases * target.share) / 100), seed);
  const seconds = (performance.now() - began) / 1000;
  console.log(`${target.name}: ${tally.right} right, ${tally.refused} refused (${seconds.toFixed(1)} s)`);
  if (tally.fault !== null) console.log(tally.fault.slice(0, 3000));
  return { name: target.name, what: target.what, ...tally };
});
const file = '.cache/reliability/fuzz.json';
mkdirSync('.cache/reliability', { recursive: true });
const earlier = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as typeof figures) : [];
const all = targets.flatMap(({ name }) => [...figures, ...earlier].find((one) => one.name === name) ?? []);
writeFileSync(file, JSON.stringify(all, null, 2));
process.exitCode = figures.some(({ fault }) => fault !== null) ? 1 : 0;
