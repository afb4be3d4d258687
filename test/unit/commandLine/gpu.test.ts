import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { RunResult } from '../../../extension/lab/results.ts';
import { hasSoftwareDevice, withDevice, withoutDevice } from '../engine/gpu/softwareDevice.ts';
import { LabFolder, labText } from '../engine/labFile.ts';
import { required } from '../required.ts';
import { depthLab } from './depthLab.ts';

const gallery = fileURLToPath(new URL('../../../media/gallery/', import.meta.url));
const folder = new LabFolder();
afterAll(() => folder.remove());

/** A run as `--json` prints it. */
type PrintedRun = Omit<RunResult, 'predictor' | 'outputs'> & { predictor: number[] | null; outputs: number[] };

async function runs(file: string, engine: 'cpu' | 'gpu', env: Record<string, string>): Promise<PrintedRun[]> {
  const { status, stdout, stderr } = await depthLab(['run', file, '--engine', engine, '--json'], { env });
  expect(status, stderr).toBeLessThan(2);
  const lines = stdout.trim().split('\n');
  return lines.map((line) => JSON.parse(line)).filter(({ kind }) => kind === 'run');
}

/** Every entry within `most` of the largest, and in the mean within `mean`. */
function expectSamePredictor(actual: PrintedRun, expected: PrintedRun, most = 1e-3, mean = 1e-4): void {
  const [x, y] = [actual, expected].map(({ predictor, outputs }) => predictor ?? outputs);
  const scale = Math.max(...y.map(Math.abs));
  const gaps = x.map((value, i) => Math.abs(value - y[i]) / scale);
  expect(x).toHaveLength(y.length);
  const name = `${actual.parameterization} · ${actual.optimizer}`;
  expect(Math.max(...gaps), name).toBeLessThan(most);
  expect(Math.sqrt(gaps.reduce((sum, gap) => sum + gap * gap, 0) / gaps.length), name).toBeLessThan(mean);
}

/** A shorter copy of an experiment of the gallery, with one seed. */
function shortened(name: string, steps: number): string {
  const text = readFileSync(path.join(gallery, name), 'utf8');
  return folder.write(name, text.replace(/steps: \d+/, `steps: ${steps}`).replace(/seeds: \d+/, 'seeds: 1'));
}

describe.skipIf(!hasSoftwareDevice)('--engine gpu', { timeout: 60_000 }, () => {
  it.each([
    ['matrix-completion.lab.ts', 12],
    ['sparse-classifier.lab.ts', 12],
  ])('trains %s on the GPU, and says where float32 cannot', async (name, steps) => {
    const file = shortened(name, steps);
    const [actual, expected] = [await runs(file, 'gpu', withDevice), await runs(file, 'cpu', withDevice)];
    expect(actual).toHaveLength(expected.length);
    actual.forEach((run, i) => {
      expect(run.steps).toBe(steps);
      expectSamePredictor(run, expected[i]);
      if (run.optimizer === 'GD') {
        expect(run).toMatchObject({ engine: 'gpu', device: 'SwiftShader · WebGPU · float32' });
        expect(run.fallback).toBeUndefined();
        expect(run.test?.error).toBeCloseTo(required(expected[i].test?.error), 3);
      } else {
        if (run.engine === 'cpu') expect(run.fallback).toMatch(/condition number .*: more than float32 can/);
      }
    });
  });

  it('trains the other optimizers of the first order, batches and networks', async () => {
    const file = folder.write(
      'optimizers.lab.ts',
      labText({
        names: 'experiment, separable, diagonal, network, gd, momentum, adam, signDescent',
        problem: 'separable({ dimension: 6, train: 12, test: 20 })',
        parameterizations:
          "{ diagonal: diagonal({ depth: 2 }), network: network({ widths: [5], activation: 'tanh' }) }",
        optimizers: `{
          'normalized': gd({ rate: 0.05, normalized: true }),
          'batches': gd({ rate: 0.1, batch: 5 }),
          'momentum': momentum({ rate: 0.05 }),
          'Adam': adam({ rate: 0.01 }),
          'signs': signDescent({ rate: 0.001 }),
        }`,
        rest: 'steps: 40,',
      }),
    );
    const [actual, expected] = [await runs(file, 'gpu', withDevice), await runs(file, 'cpu', withDevice)];
    expect(actual).toHaveLength(10);
    actual.forEach((run, i) => {
      expect(run.engine).toBe('gpu');
      expectSamePredictor(run, expected[i]);
    });
  });

  it('trains seeds and points of a sweep side by side', async () => {
    const file = folder.write(
      'sweep.lab.ts',
      `import { experiment, sweep, separable, linear, diagonal, gd } from 'depth-lab';
experiment('noise', sweep({ noise: [0, 0.1] }, ({ noise }) => ({
  problem: separable({ dimension: 5, train: 8, test: 20, noise }),
  parameterizations: { linear: linear(), diagonal: diagonal({ depth: 2 }) },
  optimizers: { GD: gd({ rate: 0.1 }) },
  steps: 20,
  seeds: 3,
})));
`,
    );
    const [actual, expected] = [await runs(file, 'gpu', withDevice), await runs(file, 'cpu', withDevice)];
    expect(actual).toHaveLength(12);
    actual.forEach((run, i) => {
      expect(run).toMatchObject({ engine: 'gpu', together: 6 });
      // The first seed of each cell was repeated in float64.
      if (run.seed === 1) {
        expect(run.deviation?.predictor).toBeLessThan(1e-5);
        expect(run.deviation?.predictor).toBeGreaterThan(0);
        expect(run.deviation?.trainLoss).toBeLessThan(1e-5);
        expect(run.deviation?.testLoss).toBeLessThan(1e-5);
      } else expect(run.deviation).toBeUndefined();
      const isSame = (other: PrintedRun) =>
        [other.seed, other.parameterization, other.point?.noise].join() ===
        [run.seed, run.parameterization, run.point?.noise].join();
      expectSamePredictor(run, expected.find(isSame) ?? expected[i]);
    });
  });

  it('prints in the table what ran where, why, and how far from float64', async () => {
    const file = shortened('matrix-completion.lab.ts', 5);
    const { stdout } = await depthLab(['run', file, '--engine', 'gpu'], { env: withDevice });
    expect(stdout).toMatch(/SwiftShader · WebGPU · float32: 5 of 6 runs/);
    expect(stdout).toMatch(/SwiftShader · WebGPU · Gram matrix in float32, solved in float64: 1 of 6 runs/);
    expect(stdout).toMatch(/6 runs repeated in float64, relative deviation at most: predictor \S+e-\d+ · train loss/);
  });

  it('can be interrupted', async () => {
    const file = folder.write('long.lab.ts', labText({ rest: 'steps: 1e6,' }));
    const { status } = await depthLab(['run', file, '--engine', 'gpu'], { env: withDevice, interruptAfter: 2500 });
    expect(status).toBe(3);
  });

  it('is never chosen by `auto` where the GPU is made of software', async () => {
    const file = folder.write('auto.lab.ts', labText());
    const { stdout } = await depthLab(['run', file, '--json'], { env: withDevice });
    expect(JSON.parse(stdout.split('\n')[0])).toMatchObject({ engine: 'cpu', device: 'simd' });
  });
});

describe('--engine gpu without a GPU', { timeout: 60_000 }, () => {
  it('trains on the CPU and says why', async () => {
    const file = folder.write('none.lab.ts', labText());
    const [run] = await runs(file, 'gpu', withoutDevice);
    expect(run).toMatchObject({ engine: 'cpu', device: 'simd', steps: 20 });
    expect(run.fallback).toMatch(/^there is no GPU that WebGPU can use$|^the package 'webgpu' /);
  });
});
