/** What the preview shows: the gallery's experiments, trained by the built engine, as the panel gets to see them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EngineClient } from '../../../extension/engine/client.ts';
import type { SampleBatch } from '../../../extension/lab/results.ts';
import type { ExperimentView } from '../../../extension/panel/protocol.ts';
import { idleRecord, reduce } from '../../../extension/runs/record.ts';

export const sparseClassifier = (seeds = 8) => trained('sparse-classifier.lab.ts', 'Sparse classifier', seeds);
export const matrixCompletion = (seeds = 4) => trained('matrix-completion.lab.ts', 'Matrix completion', seeds);

/** Trains a copy of a gallery file with the given number of seeds. */
async function trained(name: string, experiment: string, seeds: number): Promise<ExperimentView> {
  const folder = mkdtempSync(path.join(tmpdir(), 'depth-lab-scene-'));
  const file = path.join(folder, name);
  const text = readFileSync(path.join('media/gallery', name), 'utf8');
  writeFileSync(file, text.replace(/seeds: \d+/, `seeds: ${seeds}`));
  const client = new EngineClient({ enginePath: path.resolve('dist/engine.js') });
  let { record } = reduce(idleRecord(file, experiment), { type: 'started' }, Date.now());
  const request = { file, experiments: [experiment], workers: null, engine: 'cpu' as const };
  await client.run(request, (event) => {
    record = reduce(record, event, Date.now()).record;
  }).ended;
  client.dispose();
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
