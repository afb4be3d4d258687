/** Measures and prints the throughput of the GPU; `gpu.ts` bundles and runs it. */
import { availableParallelism } from 'node:os';
import { findDevice } from '../../extension/engine/gpu/adapter.ts';
import { type BatchedRun, prepareRun } from '../../extension/engine/gpu/batch/batchedRun.ts';
import { BatchSteps } from '../../extension/engine/gpu/batch/batchSteps.ts';
import { isRefusal } from '../../extension/lab/compiler/backend.ts';
import { DevicePrograms } from '../../extension/lab/compiler/gpu/module.ts';
import type { Work } from '../../extension/lab/compiler/operations/operation.ts';
import { readTextOnly } from '../../extension/lab/compiler/source/functionSource.ts';
import { launchesOf, workOf, workOfEntries } from '../../extension/lab/compiler/work.ts';
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
import { compareProducts } from './gpuProducts.ts';
import { secondsOf } from './secondsOf.ts';

/** Runs side by side. */
const BATCHES = [1, 4, 16, 64, 256];
/** Seconds that one measurement may take, about. */
const MEASUREMENT_SECONDS = 1;

/** A discrete GPU of the year 2020, as far as such small kernels let it: seconds, and rates in float32. */
const DISCRETE = { launch: 5e-6, flops: 2e12, words: 5e10 };

/** Operations that a thread of the CPU does in a second. */
const CPU_FLOPS = 4e9;

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

const device = await findDevice(process.cwd());
if (isRefusal(device)) throw new Error(device.refusal);
const programs = new DevicePrograms(device);
const threads = availableParallelism();
console.log(`${programs.device.name} against ${threads} threads of the CPU, in run-steps a second`);
if (programs.device.isSoftware) console.log('This is software: its figures say nothing of a GPU.');

for (const [name, problem, parameterization, optimizer] of models) {
  const program = buildPredictor(parameterization, problem, readTextOnly);
  const prepared = (seed: number): BatchedRun => {
    const run = prepareRun(seed, {
      identity: { id: seed, point: null, parameterization: name, optimizer: name, seed },
      problem,
      program,
      optimizer,
      steps: 1000,
    });
    if (isRefusal(run)) throw new Error(run.refusal);
    return run;
  };
  const first = prepared(1);
  const batch = [first];
  const { module, entry, finishing } = first.portable;
  const onCpu = threads / (await secondsOf(MEASUREMENT_SECONDS, async (steps) => first.trainer.step(steps)));
  const [work, gpuWork] = [workOf(module.program, entry, 'cpu'), workOf(module.program, entry, 'gpu')];
  const finish = workOfEntries(finishing);
  console.log(`\n${name}: ${launchesOf(first.entry.batched)} launches, ${describe(work)} a step`);
  if (finish.flops > 0) console.log(`  the CPU finishes each step: ${describe(finish)}`);
  console.log('  runs        GPU        CPU   GPU / CPU   a discrete GPU, projected');
  let crossing: number | null = null;
  let crossingProjected: number | null = null;
  for (const runs of BATCHES.filter((count) => count <= first.entry.batched.maxRuns)) {
    while (batch.length < runs) batch.push(prepared(batch.length + 1));
    const there = new BatchSteps(batch, programs);
    const step = await secondsOf(MEASUREMENT_SECONDS, (steps) => there.take(0, steps, batch));
    if (there.failureReason !== null) throw new Error(there.failureReason);
    const onGpu = runs / step;
    const projected =
      runs / (projection(gpuWork, launchesOf(first.entry.batched), runs) + (runs * finish.flops) / CPU_FLOPS);
    if (onGpu > onCpu) crossing ??= runs;
    if (projected > onCpu) crossingProjected ??= runs;
    const columns = [onGpu, onCpu].map((rate) => rate.toPrecision(3).padStart(10));
    const ratio = (onGpu / onCpu).toPrecision(2).padStart(11);
    console.log(`  ${String(runs).padStart(4)} ${columns.join(' ')} ${ratio}   ${projected.toPrecision(3)}`);
    // Larger ones would take minutes.
    if (step > MEASUREMENT_SECONDS) break;
  }
  const from = (runs: number | null) => (runs === null ? 'at none of these numbers' : `from ${runs} runs on`);
  console.log(`  faster than the CPU: ${from(crossing)}; projected: ${from(crossingProjected)}`);
}

await compareProducts(programs.device, MEASUREMENT_SECONDS);
process.exit();

function projection({ flops, words }: Work, launches: number, runs: number): number {
  return launches * DISCRETE.launch + runs * Math.max(flops / DISCRETE.flops, words / DISCRETE.words);
}

function describe({ flops, words }: Work): string {
  return `${Math.round(flops).toLocaleString('en')} operations, ${Math.round(words).toLocaleString('en')} numbers moved`;
}
