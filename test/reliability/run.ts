/**
 * `npm run reliability`: fuzzing, kills and the soak at their full length, some two hours on two cores. Writes the
 * figures to `docs/reliability.md`. `-- report` only writes the page from the figures of earlier runs.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { cache, mustRun, root } from '../tools/process.ts';
import { packExtension } from '../tools/vsix.ts';
import { kill, type Outcome, trials } from './kills.ts';
import { type FuzzFigures, page, type SoakFigures } from './page.ts';
import { bundleStoreChild, killStore, type StoreOutcome, storeTrials } from './storeKills.ts';

const KILLS = 300;
const SOAK_RUNS = 1000;
const CASES = 1_000_000;

const folder = path.join(cache, 'reliability');
const fileOf = (name: string) => path.join(folder, `${name}.json`);

async function kills(): Promise<void> {
  const outcomes: Outcome[] = [];
  for (const [number, trial] of trials(KILLS, 1).entries()) {
    const outcome = await kill(trial);
    outcomes.push(outcome);
    console.log(`${number + 1}/${KILLS}: ${JSON.stringify(outcome)}`);
  }
  writeFileSync(fileOf('kills'), JSON.stringify(outcomes, null, 2));
}

const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
const parts: Record<string, () => Promise<void>> = {
  fuzz: () => mustRun('npm', ['run', 'fuzz', '--', String(CASES)]),
  kills,
  stores: async () => {
    const outcomes: StoreOutcome[] = [];
    const program = await bundleStoreChild(folder);
    for (const trial of storeTrials(KILLS, 1)) outcomes.push(await killStore(program, trial));
    writeFileSync(fileOf('stores'), JSON.stringify(outcomes, null, 2));
  },
  soak: async () => {
    await packExtension();
    await mustRun(process.execPath, [vitest, 'run', '--config', 'test/workbench/vitest.config.ts', 'soak'], {
      env: { ...process.env, SOAK_RUNS: String(SOAK_RUNS) },
    });
  },
  report: async () => {
    const read = <T>(name: string) => JSON.parse(readFileSync(fileOf(name), 'utf8')) as T;
    const machine = `${cpus().length} cores, Node ${process.versions.node}, ${process.platform}`;
    const figures = {
      fuzz: read<FuzzFigures>('fuzz'),
      kills: read<Outcome[]>('kills'),
      stores: read<StoreOutcome[]>('stores'),
      soak: read<SoakFigures>('soak'),
    };
    writeFileSync(path.join(root, 'docs/reliability.md'), page(figures, machine));
    await mustRun('npx', ['biome', 'format', '--write', 'docs/reliability.md'], { output: 'quiet' });
  },
};

mkdirSync(folder, { recursive: true });
const chosen = process.argv.slice(2);
for (const [name, part] of Object.entries(parts)) {
  if (chosen.length === 0 || chosen.includes(name)) await part();
}
