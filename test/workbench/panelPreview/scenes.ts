/** What the preview shows: the gallery's experiments, trained by the built engine, as the panel gets to see them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EngineClient } from '../../../extension/engine/client.ts';
import type { SampleBatch } from '../../../extension/lab/results.ts';
import type { ExperimentView } from '../../../extension/report/view.ts';
import { idleRecord, reduce } from '../../../extension/runs/record.ts';

export const sparseClassifier = (seeds = 8) => trained('sparse-classifier.lab.ts', 'Sparse classifier', seeds);
export const matrixCompletion = (seeds = 4) => trained('matrix-completion.lab.ts', 'Matrix completion', seeds);

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

async function trainedText(name: string, experiment: string, text: string): Promise<ExperimentView> {
  const folder = mkdtempSync(path.join(tmpdir(), 'depth-lab-scene-'));
  const file = path.join(folder, name);
  writeFileSync(file, text);
  const client = new EngineClient({ enginePath: path.resolve('dist/engine.js') });
  let { record } = reduce(idleRecord(file, experiment), { type: 'started' }, Date.now());
  const request = { file, experiments: [experiment], workers: null, engine: 'cpu' as const };
  await client.run(request, (event) => {
    record = reduce(record, event, Date.now()).record;
  }).ended;
  await client.dispose();
  rmSync(folder, { recursive: true });
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
