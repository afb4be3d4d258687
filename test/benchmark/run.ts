/**
 * `npm run benchmark [JOB…]`: the same jobs in NumPy, PyTorch (eager and compiled) and JAX, by hand in C, and in Depth
 * Lab, one after the other in one call, and the ratios between them. Machines differ and are noisy: only ratios within
 * one call count. Ours are measured twice: the training loop alone, as that of the peers is, and whole experiments with
 * data, samples, norms and condition numbers, as users run them.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { cache, root } from '../tools/process.ts';
import { preparePeers } from './pythonPeers.ts';

interface Line {
  job: string;
  peer: string;
  seconds: number;
  loss: number;
}

const here = path.join(root, 'test/benchmark');
const jobs = process.argv.slice(2);
/** Each runs so often, in turn; the fastest of each counts. */
const ROUNDS = 3;

function lines(command: string, args: string[], env: NodeJS.ProcessEnv = process.env): Line[] {
  const output = execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], env });
  return output
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** Compiles the hand-written jobs; null where there is no compiler or no OpenBLAS. */
function compileLimit(): string | null {
  const binary = path.join(cache, 'limit');
  mkdirSync(cache, { recursive: true });
  try {
    const flags = ['-O3', '-march=native', '-ffast-math', '-fopenmp'];
    execFileSync('cc', [...flags, path.join(here, 'limit.c'), '-o', binary, '-llapacke', '-lopenblas', '-lm'], {
      stdio: 'inherit',
    });
    return binary;
  } catch {
    console.error("limit.c was not compiled: it needs a C compiler and Debian's libopenblas-dev and liblapacke-dev.");
    return null;
  }
}

const limit = compileLimit();
const { python, peers } = preparePeers();
const all: Line[] = [];
for (let round = 0; round < ROUNDS; round++) {
  for (const peer of peers) {
    try {
      all.push(...lines(python, [path.join(here, 'peers/main.py'), peer, ...jobs]));
    } catch {
      console.error(`${peer} did not run to its end.`);
    }
  }
  if (limit) all.push(...lines(limit, jobs));
  for (const options of [[], ['--no-native']]) {
    all.push(...lines(process.execPath, [path.join(cache, 'loop/main.mjs'), ...jobs, ...options]));
  }
  all.push(...lines(process.execPath, [path.join(root, 'dist/cli.js'), 'bench', ...jobs, '--json']));
}

const best = (job: string, peer: string) => {
  const found = all.filter((line) => line.job === job && line.peer === peer);
  return found.length === 0 ? null : found.reduce((a, b) => (b.seconds < a.seconds ? b : a));
};
const names = [...new Set(all.filter((line) => line.peer === 'depth-lab').map((line) => line.job))];
const number = (value: number | undefined) => (value === undefined ? '–' : Number(value.toPrecision(3)).toString());

const columns = [
  ...['job', 'NumPy s', 'PyTorch s', 'compiled s', 'JAX s', 'C s', 'our loop s', 'without C s', 'our experiment s'],
  ...[
    'fastest peer ÷ our loop',
    'C ÷ our loop',
    'fastest peer ÷ our loop without C',
    'fastest peer ÷ our experiment',
    'relative difference of the loss',
  ],
];
console.log(`| ${columns.join(' | ')} |`);
console.log(`|${' --- |'.repeat(columns.length)}`);
for (const job of names) {
  const [whole, loop, plain, c, ...others] = [
    ...['depth-lab', 'depth-lab-loop', 'depth-lab-wasm', 'limit'],
    ...['numpy', 'torch', 'torch-compile', 'jax'],
  ].map((peer) => best(job, peer));
  if (!whole || !loop || !plain) continue;
  const known = others.filter((line) => line !== null);
  const fastest = known.length === 0 ? undefined : Math.min(...known.map((line) => line.seconds));
  const over = (one: number | undefined, other: number) => (one === undefined ? undefined : one / other);
  const cells = [
    ...others.map((line) => line?.seconds),
    ...[c?.seconds, loop.seconds, plain.seconds, whole.seconds],
    ...[over(fastest, loop.seconds), over(c?.seconds, loop.seconds)],
    ...[over(fastest, plain.seconds), over(fastest, whole.seconds)],
    known[0] && Math.max(...[whole, loop, plain].map(({ loss }) => Math.abs(loss / known[0]!.loss - 1))),
  ];
  console.log(`| ${job} | ${cells.map(number).join(' | ')} |`);
}
