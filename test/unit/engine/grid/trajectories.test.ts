import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { PlannedRuns } from '../../../../extension/engine/evaluation/planned.ts';
import { PathFile } from '../../../../extension/engine/grid/pathFile.ts';
import { Trajectories } from '../../../../extension/engine/grid/trajectories.ts';
import { openPaths } from '../../../../extension/evaluator/storedPaths.ts';
import type { PathSpace } from '../../../../extension/lab/results.ts';
import type { Sample } from '../../../../extension/lab/run.ts';

const RUNS = 4;
const measure = { loss: 0, error: 0 };
const spaces: PathSpace[] = ['training outputs', 'predictors'];

function planOf(pathBytes: number): PlannedRuns {
  return {
    pathBytes,
    pictureSpace: 'predictors',
    spaces: Array.from({ length: RUNS }, () => 'predictors'),
    runs: Array.from({ length: RUNS }, (_, id) => ({ identity: { id, seed: id < 2 ? 1 : 2 } })),
    grid: { seeds: [1, 2], points: [], problem: { truth: null, loss: 'square' } },
  } as unknown as PlannedRuns;
}

function sample(run: number, time: number): Sample {
  const wave = (size: number) => Float64Array.from({ length: size }, (_, i) => Math.sin(i + run + 0.1 * time));
  const isSnapshot = time % 3 !== 1;
  const [predictor, outputs] = isSnapshot ? [wave(5), wave(3)] : [null, null];
  return { step: time, time, train: measure, test: null, predictor, outputs } as Sample;
}

/** Samples of all runs in small batches, with one that is not finite, and a run that is forgotten. */
function filled(pathBytes: number): Trajectories {
  const trajectories = new Trajectories(planOf(pathBytes));
  for (let time = 0; time < 30; time += 5) {
    for (let run = 0; run < RUNS; run++) {
      const samples = [0, 1, 2, 3, 4].map((i) => sample(run, time + i));
      if (time === 10 && samples[2]?.predictor) samples[2].predictor[1] = Number.NaN;
      trajectories.add(run, samples);
    }
  }
  trajectories.delete(2);
  return trajectories;
}

const folder = mkdtempSync(path.join(tmpdir(), 'paths-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('paths in a file', () => {
  it('are the same as in memory, also for another process', () => {
    const [small, large] = [filled(0), filled(2 ** 27)];
    expect(small.get(0)?.points.length).toBeGreaterThan(15);
    for (let run = 0; run < RUNS; run++) expect(large.get(run)).toEqual(small.get(run));
    expect(large.get(2)).toBeUndefined();
    for (const space of spaces) {
      const [inMemory, stored] = [small.toSend().inSpace.get(space), large.toSend().inSpace.get(space)];
      if (!(inMemory instanceof Map) || !stored || stored instanceof Map)
        throw new Error('they are in the wrong place');
      const opened = openPaths(structuredClone(stored));
      for (let run = 0; run < RUNS; run++) expect(opened.get(run)).toEqual(inMemory.get(run));
      opened.close();
    }
    large.close();
    expect(large.failureReason).toBeNull();
  });

  it('are those that are sent of paths in memory, unless these are small', () => {
    const [small, medium] = [filled(0), filled(2 ** 20)];
    const { inSpace } = medium.toSend();
    for (const space of spaces) {
      const [asIs, stored] = [small.toSend().inSpace.get(space), inSpace.get(space)];
      if (!(asIs instanceof Map) || !stored || stored instanceof Map) throw new Error('they are in the wrong place');
      const opened = openPaths(structuredClone(stored));
      for (let run = 0; run < RUNS; run++) expect(opened.get(run)).toEqual(asIs.get(run));
      opened.close();
    }
    medium.close();
    // Those in memory are still there.
    expect(medium.get(0)).toEqual(small.get(0));
  });

  it('cannot be read after the end of their grid', () => {
    const large = filled(2 ** 27);
    const stored = large.toSend().inSpace.get('predictors');
    if (!stored || stored instanceof Map) throw new Error('they are in memory');
    large.close();
    expect(() => openPaths(stored)).toThrow('ENOENT');
  });

  it('say why they could not be kept', () => {
    const large = filled(2 ** 27);
    large.close();
    // Its file is closed: this stands for a disk that is full.
    large.add(0, [sample(0, 30)]);
    expect(large.failureReason).toMatch(/^the paths of the runs could not be kept in a temporary file: E/);
  });
});

describe('the file', () => {
  it('takes the place of those that killed engines have left, and of no others', () => {
    const dead = 'depth-lab-paths-999999999-1';
    const others = [`depth-lab-paths-${process.pid}-77`, 'depth-lab-paths-notes', 'other'];
    for (const name of [dead, ...others]) writeFileSync(path.join(folder, name), '');
    const file = new PathFile(folder);
    file.append(Float64Array.of(0, 1, 2));
    expect(file.read({ size: 2, parts: [0, 1] })).toEqual({ times: [0], points: [Float64Array.of(1, 2)] });
    file.close();
    expect(readdirSync(folder).sort()).toEqual(others.sort());
  });

  it('is not made over an existing one', () => {
    for (let i = 0; i < 50; i++) writeFileSync(path.join(folder, `depth-lab-paths-${process.pid}-${i}`), 'mine');
    expect(() => new PathFile(folder)).toThrow('EEXIST');
  });
});
