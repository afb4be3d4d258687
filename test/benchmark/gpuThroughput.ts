/** Measures and prints the throughput of the graphics card; `gpu.ts` bundles and runs it. */
import { availableParallelism } from 'node:os';
import { acquireDevice } from '../../extension/engine/gpu/adapter.ts';
import { DevicePrograms } from '../../extension/lab/compiler/gpu/module.ts';
import { launchesOf, workOf, workOfEntries } from '../../extension/lab/compiler/gpu/work.ts';
import type { Work } from '../../extension/lab/compiler/operations/operation.ts';
import { readTextOnly } from '../../extension/lab/compiler/source/functionSource.ts';
import {
  elementwise,
  factorization,
  gd,
  matrixCompletion,
  network,
  ngd,
  regression,
  separable,
} from '../../extension/lab/index.ts';
import type { AnyOptimizer } from '../../extension/lab/optimizers/index.ts';
import { buildPredictor } from '../../extension/lab/parameterizations/build.ts';
import type { Parameterization } from '../../extension/lab/parameterizations/parameterization.ts';
import type { AnyProblem } from '../../extension/lab/problems/index.ts';
import { GroupSteps } from '../../extension/lab/training/onGpu/groupSteps.ts';
import { type Member, memberOf } from '../../extension/lab/training/onGpu/member.ts';
import { compareProducts } from './gpuProducts.ts';
import { secondsOf } from './secondsOf.ts';

/** Runs side by side. */
const BATCHES = [1, 4, 16, 64, 256];
/** Seconds that one measurement may take, about. */
const PATIENCE = 1;

/** A discrete card of the year 2020, as far as such small kernels let it: seconds, and rates in float32. */
const DISCRETE = { launch: 5e-6, flops: 2e12, words: 5e10 };

/** Operations that a thread of the processor does in a second. */
const PROCESSOR = 4e9;

const signs = elementwise({ u: 0.1, v: 0.1 }, ({ u, v }) => u * u - v * v);
const completion = (size: number) => matrixCompletion({ rows: size, columns: size, rank: 2, observed: 0.5 });
const models: [string, AnyProblem, Parameterization, AnyOptimizer][] = [
  ['GD, u² − v², d 20, n 40', separable({ dimension: 20, train: 40 }), signs, gd({ rate: 0.01 })],
  ['GD, u² − v², d 200, n 400', separable({ dimension: 200, train: 400 }), signs, gd({ rate: 0.01 })],
  ['GD, 20 × 20, depth 3', completion(20), factorization({ depth: 3 }), gd({ rate: 0.1 })],
  ['GD, 100 × 100, depth 3', completion(100), factorization({ depth: 3 }), gd({ rate: 0.1 })],
  ['NGD, u² − v², d 60, n 24', separable({ dimension: 60, train: 24 }), signs, ngd({ rate: 0.001 })],
  [
    'NGD in mixed precision, a network of 512 units, n 300',
    regression({ dimension: 20, train: 300 }),
    network({ widths: [512] }),
    ngd({ rate: 0.001, damping: 1e-3 }),
  ],
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
    });
  const members = [makeMember(1)];
  const [first] = members;
  const { module, entry, finishing } = first.portable;
  const onCpu = threads / (await secondsOf(PATIENCE, async (steps) => first.trainer.step(steps)));
  const [work, cardWork] = (['processor', 'card'] as const).map((where) => workOf(module.program, entry, where));
  const finish = workOfEntries(finishing);
  console.log(`\n${name}: ${launchesOf(first.printed)} launches, ${describe(work)} a step`);
  if (finish.flops > 0) console.log(`  the processor finishes each step: ${describe(finish)}`);
  console.log('  runs        GPU        CPU   GPU / CPU   a discrete card, projected');
  let crossing: number | null = null;
  let crossingProjected: number | null = null;
  for (const runs of BATCHES.filter((count) => count <= first.printed.mostRuns)) {
    while (members.length < runs) members.push(makeMember(members.length + 1));
    const there = new GroupSteps(members, programs);
    const step = await secondsOf(PATIENCE, (steps) => there.take(steps, members));
    if (there.lost !== null) throw new Error(there.lost);
    const onCard = runs / step;
    const projected =
      runs / (projection(cardWork, launchesOf(first.printed), runs) + (runs * finish.flops) / PROCESSOR);
    if (onCard > onCpu) crossing ??= runs;
    if (projected > onCpu) crossingProjected ??= runs;
    const columns = [onCard, onCpu].map((rate) => rate.toPrecision(3).padStart(10));
    const ratio = (onCard / onCpu).toPrecision(2).padStart(11);
    console.log(`  ${String(runs).padStart(4)} ${columns.join(' ')} ${ratio}   ${projected.toPrecision(3)}`);
    // Larger ones would take minutes.
    if (step > PATIENCE) break;
  }
  const from = (runs: number | null) => (runs === null ? 'at none of these numbers' : `from ${runs} runs on`);
  console.log(`  faster than the CPU: ${from(crossing)}; projected: ${from(crossingProjected)}`);
}

await compareProducts(programs.device, PATIENCE);
process.exit();

function projection({ flops, words }: Work, launches: number, runs: number): number {
  return launches * DISCRETE.launch + runs * Math.max(flops / DISCRETE.flops, words / DISCRETE.words);
}

function describe({ flops, words }: Work): string {
  return `${Math.round(flops).toLocaleString('en')} operations, ${Math.round(words).toLocaleString('en')} numbers moved`;
}
