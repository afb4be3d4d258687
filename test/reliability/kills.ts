/**
 * Kills one process of a running command line at a random moment, while user code does something, and looks at what is
 * left: no process may remain, and no run that was reported may be missing in the results.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { root } from '../tools/process.ts';
import { family, TRIAL } from './family.ts';
import { runsIn, runsOf } from './resultsFiles.ts';

/** What user code does meanwhile. `NAME` stands for a number that names the trial. */
const deeds: Record<string, { before?: string; claims?: string; formula?: string; seeds?: number }> = {
  trains: { seeds: 400 },
  'loops while it loads': { before: 'for (;;) {}' },
  'waits while it loads': { before: 'await new Promise(() => setInterval(() => {}, 100));' },
  'loops in microtasks': { before: 'const f = (): Promise<void> => Promise.resolve().then(f); await f();' },
  'loops in a formula': {
    before: 'const o = new Proxy({ c: 1 }, { get(): number { for (;;) {} } });',
    formula: 'o.c * u',
  },
  'loops in a claim': { claims: 'forever: () => { for (;;) {} }' },
  'sorts for long': { before: 'new Float64Array(3e8).map(Math.random).sort();' },
  'has a child': { before: "spawn('sleep', ['NAME']);", seeds: 400 },
  'has a detached child with an empty environment': {
    before: "spawn('/bin/sleep', ['NAME'], { detached: true, env: {} }).unref();",
    seeds: 400,
  },
  'has a grandchild in a session of its own': {
    before: "spawn('setsid', ['sh', '-c', 'sleep NAME & wait']);",
    claims: 'forever: () => { for (;;) {} }',
  },
  'waits for a child': { before: "execSync('sleep NAME');" },
};

const victims = ['the command line', 'the engine', 'the process of user code'] as const;

export interface Trial {
  deed: string;
  victim: (typeof victims)[number];
  /** Milliseconds from the start. */
  after: number;
}

/** What a trial left behind. */
export interface Outcome {
  trial: Trial;
  /** Whether there was something to kill at that moment. */
  hit: boolean;
  /** The command lines of processes that remained. */
  left: string[];
  /** Runs that were reported and are missing in the results. */
  lost: number;
  reported: number;
}

/** Milliseconds within which all processes must have ended. */
const PATIENCE = 10_000;

export function trials(count: number, seed: number): Trial[] {
  const trial = fc.record({
    deed: fc.constantFrom(...Object.keys(deeds)),
    victim: fc.constantFrom(...victims),
    after: fc.integer({ min: 50, max: 4000 }),
  });
  return fc.sample(fc.noBias(trial), { numRuns: count, seed });
}

export async function kill(trial: Trial): Promise<Outcome> {
  const name = String(1e9 + Math.floor(8e9 * Math.random()));
  const folder = mkdtempSync(path.join(tmpdir(), 'depth-lab-kill-'));
  const file = path.join(folder, 'trial.lab.ts');
  writeFileSync(file, textOf(trial.deed, name));
  try {
    const child = spawn(
      process.execPath,
      [path.join(root, 'dist/cli.js'), 'run', file, '--json', '--out', path.join(folder, 'out'), '--workers', '2'],
      { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, [TRIAL]: name } },
    );
    let printed = '';
    child.stdout.on('data', (text: Buffer) => (printed += text.toString()));
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
    await Promise.race([delay(trial.after), ended]);
    const victim = family(name).find(({ command }) => isVictim(command, trial.victim));
    if (victim) process.kill(victim.id, 'SIGKILL');
    // Where the command line lives on, it reports and ends by itself or is ended by its user.
    if (trial.victim !== 'the command line') {
      await Promise.race([delay(2000), ended]);
      child.kill('SIGINT');
      await Promise.race([delay(3000), ended]);
      child.kill('SIGKILL');
    }
    const deadline = Date.now() + PATIENCE;
    while (family(name).length > 0 && Date.now() < deadline) await delay(50);
    const left = family(name);
    for (const { id } of left) process.kill(id, 'SIGKILL');
    await ended;
    const reported = runsOf(printed);
    const kept = runsIn(path.join(folder, 'out'));
    const lost = [...reported].filter((run) => !kept.has(run)).length;
    return {
      trial,
      hit: victim !== undefined,
      left: left.map(({ command }) => command),
      lost,
      reported: reported.size,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isVictim(command: string, victim: Trial['victim']): boolean {
  if (victim === 'the command line') return command.includes('dist/cli.js');
  return command.includes(victim === 'the engine' ? 'dist/engine.js' : 'dist/evaluator.js');
}

function textOf(deed: string, name: string): string {
  const { before = '', claims = '', formula = 'u * u', seeds = 2 } = deeds[deed]!;
  return `import { execSync, spawn } from 'node:child_process';
import { elementwise, experiment, gd, linear, separable } from 'depth-lab';
void [execSync, spawn];
${before.replaceAll('NAME', name)}
experiment('trial', {
  problem: separable({ dimension: 6, train: 4, test: 20 }),
  parameterizations: { linear: linear(), own: elementwise({ u: 0.5 }, ({ u }) => ${formula}) },
  optimizers: { GD: gd({ rate: 0.01 }) },
  steps: 20000,
  seeds: ${seeds},
  claims: { ${claims} },
});
`;
}
