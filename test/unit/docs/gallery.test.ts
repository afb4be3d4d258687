/**
 * Experiments of the gallery, trained a second time in NumPy from their definitions alone. The interpreter is `python3`, or the
 * one that DEPTH_LAB_PYTHON names.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { takeExperiments } from '../../../extension/lab/experiment.ts';
import { drawProblem } from '../../../extension/lab/problems/index.ts';
import { depthLab } from '../commandLine/depthLab.ts';

const python = process.env.DEPTH_LAB_PYTHON ?? 'python3';
const hasNumPy = spawnSync(python, ['-c', 'import numpy']).status === 0;
const script = path.resolve('test/gallery/confirm.py');

interface PrintedRun {
  kind: string;
  point: Record<string, number> | null;
  parameterization: string;
  optimizer: string;
  seed: number;
  predictor: number[];
}

/** The experiment's data at each point, for seed 1. */
async function dataOf(file: string) {
  await import(/* @vite-ignore */ pathToFileURL(file).href);
  return takeExperiments()[0]!.variants.map(({ point, problem }) => {
    const { train, trainTargets } = drawProblem(problem, 1);
    if (train.kind !== 'rows') throw new Error('these examples are no vectors');
    const { count, dimension, values } = train;
    const inputs = Array.from({ length: count }, (_, i) => [...values.slice(i * dimension, (i + 1) * dimension)]);
    return { point, given: { inputs, targets: [...trainTargets], ...point } };
  });
}

describe.skipIf(!hasNumPy)(
  'NumPy gets the same numbers (skipped where Python has no NumPy)',
  { timeout: 180_000 },
  () => {
    it.each([
      ['sparse-classifier', 1e-6],
      ['geometry-of-steps', 1e-4],
      ['equal-margins', 1e-6],
      ['kernel-and-rich', 1e-3],
    ])('%s', async (name, tolerance) => {
      const file = path.resolve('media/gallery', `${name}.lab.ts`);
      const { stdout } = await depthLab(['run', file, '--seeds', '1-1', '--json']);
      const lines = stdout.trim().split('\n');
      const runs = lines.map((line) => JSON.parse(line) as PrintedRun).filter(({ kind }) => kind === 'run');
      let compared = 0;
      for (const { point, given } of await dataOf(file)) {
        const input = JSON.stringify(given);
        const text = execFileSync(python, [script, name.replaceAll('-', '_')], { input, encoding: 'utf8' });
        for (const [cell, expected] of Object.entries(JSON.parse(text) as Record<string, number[]>)) {
          const run = runs.find(
            (one) =>
              `${one.parameterization} · ${one.optimizer}` === cell &&
              JSON.stringify(one.point) === JSON.stringify(point),
          );
          const [actual, scale] = [run!.predictor, Math.hypot(...expected)];
          const distance = Math.hypot(...actual.map((value, i) => value - expected[i]!)) / scale;
          expect(distance, `${cell} ${JSON.stringify(point)}`).toBeLessThan(tolerance);
          compared++;
        }
      }
      expect(compared).toBeGreaterThanOrEqual(3);
    });
  },
);
