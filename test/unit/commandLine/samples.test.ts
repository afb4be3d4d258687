import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LabFolder } from '../engine/labFile.ts';
import { depthLab } from './depthLab.ts';

const folder = new LabFolder();
afterAll(() => folder.remove());

/** @param test number of test examples */
const text = (test: number) => `import { experiment, gd, linear, regression } from 'depth-lab';
experiment('curves', {
  problem: regression({ dimension: 2, train: 4, test: ${test} }),
  parameterizations: { linear: linear() },
  optimizers: { GD: gd({ rate: 0.1 }), wild: gd({ rate: 100 }) },
  steps: 120,
});
`;

interface Samples {
  step: number[];
  time: number[];
  trainLoss: number[];
  testLoss: number[] | null;
  testError: number[] | null;
}
interface Line {
  kind: string;
  steps: number;
  diverged?: number;
  train: { loss: number | string };
  test: { loss: number | string; error: number | string } | null;
  samples: Samples;
}

async function lines(test: number, ...options: string[]): Promise<Line[]> {
  const file = folder.write('curves.lab.ts', text(test));
  const { stdout } = await depthLab(['run', file, '--json', '--samples', '--engine', 'cpu', ...options]);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line)
    .filter(({ kind }) => kind === 'run');
}

describe('depth-lab run --json --samples', () => {
  it('carries the curves of each run, which end at its result', async () => {
    const [gd] = await lines(5);
    const { steps, train, test, samples } = gd!;
    expect(samples.step[0]).toBe(0);
    expect(samples.step.at(-1)).toBe(steps);
    expect(samples.time).toEqual(samples.step.map((step) => step * 0.1));
    expect(samples.trainLoss.at(-1)).toBe(train.loss);
    expect(samples.testLoss?.at(-1)).toBe(test?.loss);
    expect(samples.testError?.at(-1)).toBe(test?.error);
    expect(new Set(Object.values(samples).map((column: number[]) => column.length)).size).toBe(1);
    // Gradient descent at a small rate: the loss falls at every sample.
    expect(samples.trainLoss.every((loss, i) => i === 0 || loss < samples.trainLoss[i - 1]!)).toBe(true);
  });

  it('is the same for runs that are stored', async () => {
    const store = ['--store', path.join(folder.path, 'store')];
    const samplesOf = (runs: Line[]) => runs.map(({ samples }) => samples);
    const trained = await lines(5, ...store);
    expect(samplesOf(await lines(5, ...store))).toEqual(samplesOf(trained));
  });

  it('tells apart what is lacking and what is not finite', async () => {
    const [gd, wild] = await lines(0);
    expect(gd!.test).toBeNull();
    expect(gd!.samples).toMatchObject({ testLoss: null, testError: null });
    expect(wild!.diverged).toBeGreaterThan(0);
    // The fields of a run are numbers or null; its curves keep what JSON does not know.
    expect(wild!.train.loss).toBeNull();
    expect(wild!.samples.trainLoss.every((loss) => typeof loss === 'number' || typeof loss === 'string')).toBe(true);
  });

  it('needs lines to add to', async () => {
    const file = folder.write('curves.lab.ts', text(5));
    const { status, stderr } = await depthLab(['run', file, '--samples']);
    expect(status).toBe(2);
    expect(stderr).toContain('--json');
  });
});
