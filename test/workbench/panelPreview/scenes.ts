/** What the preview shows: the gallery's experiments, trained by the built engine, as the panel gets to see them. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { EngineClient } from '../../../extension/engine/client.ts';
import type { SampleBatch } from '../../../extension/lab/results.ts';
import type { ExperimentView } from '../../../extension/report/view.ts';
import { idleRecord, reduce } from '../../../extension/runs/record.ts';

export const sparseClassifier = (seeds = 8) => trained('sparse-classifier.lab.ts', 'Sparse classifier', seeds);
export const matrixCompletion = (seeds = 4) => trained('matrix-completion.lab.ts', 'Matrix completion', seeds);
export const invariance = () => trained('invariance.lab.ts', 'Invariance', 1);
export const networks = () => trained('networks-on-one-path.lab.ts', 'Networks on one path', 3);

const sparse = (axes: string, point: string, problem: string, more: string) =>
  trainedText(
    'sweep.lab.ts',
    'Sweep',
    `import { elementwise, experiment, gd, linear, ngd, separable, sweep } from 'depth-lab';
experiment('Sweep', sweep(${axes}, (${point}) => ({
  problem: separable({ dimension: 40, test: 500, ${problem} }),
  parameterizations: {
    'w = θ': linear(),
    'w = u² - v²': elementwise({ u: scale, v: scale }, ({ u, v }) => u * u - v * v),
    ${more}
  },
  optimizers: { GD: gd({ rate: 0.2 }), NGD: ngd({ rate: 0.01 }) },
  steps: 300,
  seeds: 2,
})));
`,
  );
const SCALES = 'scale: [0.01, 0.03, 0.1, 0.3, 1]';
const CUBE = "'w = u³ - v³': elementwise({ u: scale, v: scale }, ({ u, v }) => u ** 3 - v ** 3),";
export const sweep1 = () => sparse(`{ ${SCALES} }`, '{ scale }', 'train: 30, sparsity: 3', CUBE);
export const sweep2 = () =>
  sparse(`{ ${SCALES}, train: [10, 20, 30, 50, 80] }`, '{ scale, train }', 'train, sparsity: 3', CUBE);
export const sweep3 = () =>
  sparse(
    `{ ${SCALES}, train: [10, 20, 30, 50, 80], sparsity: [1, 2, 4, 8] }`,
    '{ scale, train, sparsity }',
    'train, sparsity',
    `${CUBE}\n    'w = θ + θ³': elementwise({ a: 0 }, ({ a }) => a + a ** 3),`,
  );

/** Two-dimensional inputs: predictors are points of the plane. */
export const plane = () =>
  trainedText(
    'plane.lab.ts',
    'Plane',
    `import { elementwise, experiment, gd, gradientFlow, linear, naturalGradientFlow, regression } from 'depth-lab';
experiment('Plane', {
  problem: regression({ dimension: 2, train: 12, test: 100, noise: 0.3 }),
  parameterizations: {
    'w = θ': linear(),
    'w = u² - v²': elementwise({ u: 0.1, v: 0.1 }, ({ u, v }) => u * u - v * v),
  },
  optimizers: { GF: gradientFlow({ until: 12 }), NGF: naturalGradientFlow({ until: 6 }) },
  seeds: 3,
});
`,
  );

/** A grid of 512 runs: eight parameterizations, four optimizers, sixteen seeds. */
export const grid512 = () =>
  trainedText(
    'grid.lab.ts',
    'Grid of 512',
    `import { elementwise, experiment, gd, linear, momentum, ngd, separable, signDescent } from 'depth-lab';
const power = (k: number, scale: number) => elementwise({ u: scale, v: scale }, ({ u, v }) => u ** k - v ** k);
experiment('Grid of 512', {
  problem: separable({ dimension: 20, train: 15, test: 200, sparsity: 2 }),
  parameterizations: {
    'w = θ': linear(),
    'u² - v², 0.1': power(2, 0.1), 'u² - v², 0.3': power(2, 0.3), 'u² - v², 1': power(2, 1),
    'u³ - v³, 0.3': power(3, 0.3), 'u³ - v³, 1': power(3, 1),
    'u⁴ - v⁴, 0.5': power(4, 0.5), 'u⁴ - v⁴, 1': power(4, 1),
  },
  optimizers: {
    GD: gd({ rate: 0.1 }), NGD: ngd({ rate: 0.02 }), momentum: momentum({ rate: 0.02 }), 'sign descent': signDescent({ rate: 0.001 }),
  },
  steps: 600,
  seeds: 16,
});
`,
  );

/** A rate at which most runs of one optimizer diverge, all of another, and none of a third. */
export const survivors = () =>
  trainedText(
    'survivors.lab.ts',
    'Survivors',
    `import { elementwise, experiment, gd, linear, regression } from 'depth-lab';
experiment('Survivors', {
  problem: regression({ dimension: 6, train: 8, test: 20 }),
  parameterizations: {
    'w = θ': linear(),
    'w = u² - v²': elementwise({ u: 0.1, v: 0.1 }, ({ u, v }) => u * u - v * v),
  },
  optimizers: { slow: gd({ rate: 0.05 }), fast: gd({ rate: 0.9 }), 'too fast': gd({ rate: 3 }) },
  steps: 2000,
  seeds: 8,
});
`,
  );

/** Trains a copy of a gallery file with the given number of seeds. */
function trained(name: string, experiment: string, seeds: number): Promise<ExperimentView> {
  const text = readFileSync(path.join('media/gallery', name), 'utf8');
  return trainedText(name, experiment, text.replace(/seeds: \d+/, `seeds: ${seeds}`));
}

/** All experiments of the gallery, as they are, by the names of their pictures. */
export function galleryExperiments(): Record<string, () => Promise<ExperimentView>> {
  const scenes: Record<string, () => Promise<ExperimentView>> = {};
  const folder = path.resolve('media/gallery');
  for (const name of readdirSync(folder).filter((name) => name.endsWith('.lab.ts'))) {
    const file = path.join(folder, name);
    const text = readFileSync(file, 'utf8');
    for (const [i, [, experiment = '']] of [...text.matchAll(/^experiment\(\s*'([^']+)'/gm)].entries())
      scenes[`gallery-${name.replace('.lab.ts', '')}-${i + 1}`] = () =>
        kept(`${experiment}\n${text}`, () => run(file, experiment));
  }
  return scenes;
}

/** Trained once for each build of the engine: later calls read what was kept in `.cache`. */
const trainedText = (name: string, experiment: string, text: string) => kept(text, () => train(name, experiment, text));

async function kept(text: string, make: () => Promise<ExperimentView>): Promise<ExperimentView> {
  const key = createHash('sha256').update(readFileSync('dist/engine.js')).update(text).digest('hex').slice(0, 16);
  const file = path.resolve('.cache/scenes', `${key}.bin`);
  if (existsSync(file)) return deserialize(readFileSync(file)) as ExperimentView;
  const view = await make();
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, serialize(view));
  return view;
}

async function train(name: string, experiment: string, text: string): Promise<ExperimentView> {
  const folder = mkdtempSync(path.join(tmpdir(), 'depth-lab-scene-'));
  const file = path.join(folder, name);
  writeFileSync(file, text);
  const view = await run(file, experiment);
  rmSync(folder, { recursive: true });
  return view;
}

async function run(file: string, experiment: string): Promise<ExperimentView> {
  const client = new EngineClient({ enginePath: path.resolve('dist/engine.js') });
  let { record } = reduce(idleRecord(file, experiment), { type: 'started' }, Date.now());
  const request = { file, experiments: [experiment], workers: null, engine: 'cpu' as const };
  await client.run(request, (event) => {
    record = reduce(record, event, Date.now()).record;
  }).ended;
  await client.dispose();
  return record.view;
}

/** The same experiment with as many runs as asked for: its runs again and again, as further seeds. */
export function manyRuns(small: ExperimentView, count: number): ExperimentView {
  const { grid } = small;
  if (!grid) return small;
  const copies = Math.ceil(count / grid.runs.length);
  const further = <T>(items: readonly T[], copy: (item: T, shift: number) => T) =>
    Array.from({ length: copies }, (_, i) => items.map((item) => copy(item, i))).flat();
  return {
    ...small,
    grid: {
      ...grid,
      seeds: further(grid.seeds, (seed, i) => seed + i * grid.seeds.length),
      runs: further(grid.runs, (run, i) => ({
        ...run,
        id: run.id + i * grid.runs.length,
        seed: run.seed + i * grid.seeds.length,
      })),
    },
    samples: further(small.samples, (batch, i) => ({ ...batch, run: batch.run + i * grid.runs.length })),
  };
}

/** Some of a batch's samples. */
export function part(batch: SampleBatch, from: number, to: number): SampleBatch {
  return {
    ...batch,
    step: batch.step.slice(from, to),
    time: batch.time.slice(from, to),
    trainLoss: batch.trainLoss.slice(from, to),
    trainError: batch.trainError.slice(from, to),
    testLoss: batch.testLoss.slice(from, to),
    testError: batch.testError.slice(from, to),
  };
}
