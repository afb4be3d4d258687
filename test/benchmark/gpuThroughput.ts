/** Measures and prints the throughput of the graphics card; `gpu.ts` bundles and runs it. */
import { availableParallelism } from 'node:os';
import { acquireDevice } from '../../extension/engine/gpu/adapter.ts';
import { DevicePrograms } from '../../extension/lab/compiler/gpu/module.ts';
import { launchesOf, type Work, workOf } from '../../extension/lab/compiler/gpu/work.ts';
import { readTextOnly } from '../../extension/lab/compiler/source/functionSource.ts';
import { elementwise, factorization, gd, matrixCompletion, ngd, separable } from '../../extension/lab/index.ts';
import type { Optimizer } from '../../extension/lab/optimizers/optimizer.ts';
import { buildPredictor } from '../../extension/lab/parameterizations/build.ts';
import type { Parameterization } from '../../extension/lab/parameterizations/parameterization.ts';
import type { Problem } from '../../extension/lab/problems/problem.ts';
import { type Member, memberOf } from '../../extension/lab/training/onGpu/member.ts';
import { STEP } from '../../extension/lab/training/trainer.ts';

/** Runs side by side. */
const BATCHES = [1, 4, 16, 64, 256];
/** Seconds that one measurement may take, about. */
const PATIENCE = 1;

/** A discrete card of the year 2020, as far as such small kernels let it: seconds, and rates in float32. */
const DISCRETE = { launch: 5e-6, flops: 2e12, words: 5e10 };

const signs = elementwise({ u: 0.1, v: 0.1 }, ({ u, v }) => u * u - v * v);
const completion = (size: number) => matrixCompletion({ rows: size, columns: size, rank: 2, observed: 0.5 });
const models: [string, Problem, Parameterization, Optimizer][] = [
  ['GD, u² − v², d 20, n 40', separable({ dimension: 20, train: 40 }), signs, gd({ rate: 0.01 })],
  ['GD, u² − v², d 200, n 400', separable({ dimension: 200, train: 400 }), signs, gd({ rate: 0.01 })],
  ['GD, 20 × 20, depth 3', completion(20), factorization({ depth: 3 }), gd({ rate: 0.1 })],
  ['GD, 100 × 100, depth 3', completion(100), factorization({ depth: 3 }), gd({ rate: 0.1 })],
  ['NGD, u² − v², d 60, n 24', separable({ dimension: 60, train: 24 }), signs, ngd({ rate: 0.001 })],
];

const programs = new DevicePrograms(await acquireDevice(process.cwd()));
const threads = availableParallelism();
console.log(`${programs.device.name} against ${threads} threads of the CPU, in run-steps a second`);
if (programs.device.isSoftware) console.log('This is software: its figures say nothing of a graphics card.');

for (const [name, problem, parameterization, optimizer] of models) {
  const program = buildPredictor(parameterization, problem, readTextOnly);
  const makeMember = (seed: number): Member =>
    memberOf(seed, {
      identity: { id: seed, point: null, parameterization: name, optimizer: name, seed },
      problem,
      program,
      optimizer,
      steps: 1000,
      horizon: 0,
      snapshots: 10,
    });
  const members = [makeMember(1)];
  const [first] = members;
  const onCpu = threads / (await secondsOf(async (steps) => first.trainer.step(steps)));
  const [work, cardWork] = (['processor', 'card'] as const).map((where) =>
    workOf(first.trainer.module.program, STEP, where),
  );
  console.log(`\n${name}: ${launchesOf(first.printed)} launches, ${describe(work)} a step`);
  console.log('  runs        GPU        CPU   GPU / CPU   a discrete card, projected');
  let crossing: number | null = null;
  let crossingProjected: number | null = null;
  for (const runs of BATCHES.filter((count) => count <= first.printed.mostRuns)) {
    while (members.length < runs) members.push(makeMember(members.length + 1));
    const there = programs.module(
      members.map(({ trainer, alone, printed }) => ({
        memory: trainer.module.memory.slice(),
        printed: runs === 1 ? alone : printed,
      })),
    );
    const onCard = runs / (await secondsOf((steps) => there.run(steps)));
    const projected = runs / projection(cardWork, launchesOf(first.printed), runs);
    if (onCard > onCpu) crossing ??= runs;
    if (projected > onCpu) crossingProjected ??= runs;
    const columns = [onCard, onCpu].map((rate) => rate.toPrecision(3).padStart(10));
    const ratio = (onCard / onCpu).toPrecision(2).padStart(11);
    console.log(`  ${String(runs).padStart(4)} ${columns.join(' ')} ${ratio}   ${projected.toPrecision(3)}`);
  }
  const most = BATCHES[BATCHES.length - 1];
  const from = (runs: number | null) => (runs === null ? `at no number up to ${most}` : `from ${runs} runs on`);
  console.log(`  faster than the CPU: ${from(crossing)}; projected: ${from(crossingProjected)}`);
}
process.exit();

/** Seconds of one step, measured on ever more of them. */
async function secondsOf(take: (steps: number) => Promise<void>): Promise<number> {
  await take(1); // kernels are compiled
  for (let steps = 4; ; steps *= 4) {
    await take(steps);
    const began = performance.now();
    await take(steps);
    const spent = (performance.now() - began) / 1000;
    if (spent > PATIENCE / 10 || steps >= 65_536) return spent / steps;
  }
}

function projection({ flops, words }: Work, launches: number, runs: number): number {
  return launches * DISCRETE.launch + runs * Math.max(flops / DISCRETE.flops, words / DISCRETE.words);
}

function describe({ flops, words }: Work): string {
  return `${Math.round(flops).toLocaleString('en')} operations, ${Math.round(words).toLocaleString('en')} numbers moved`;
}
