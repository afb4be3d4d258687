import { afterAll, describe, expect, it } from 'vitest';
import { LabFolder } from '../engine/labFile.ts';
import { depthLab } from './depthLab.ts';

const folder = new LabFolder();
afterAll(() => folder.remove());

/** An experiment that takes the given `full`, with a claim about the size of its data. */
const text = (full: string) => `import { experiment, gd, gradientFlow, linear, regression } from 'depth-lab';

experiment('sizes', {
  problem: regression({ dimension: 4, train: 6, seed: 1 }),
  parameterizations: { linear: linear() },
  optimizers: { GD: gd({ rate: 0.1 }) },
  steps: 3,
  claims: { 'is small': ({ result }) => result.mean('GD', 'linear').outputs.length === 6 },
  ${full}
});
`;
const LARGE = `full: {
    problem: regression({ dimension: 4, train: 30, seed: 1 }),
    seeds: [5, 6],
    claims: { 'is large': ({ result }) => result.mean('GD', 'linear').outputs.length === 30 },
  },`;

const linesOf = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('--full', () => {
  const file = folder.write('full.lab.ts', text(LARGE));

  it('runs what `full` says, with its seeds and claims', async () => {
    const { status, stdout } = await depthLab(['run', file, '--full', '--json']);
    const lines = linesOf(stdout);
    expect(lines.filter(({ kind }) => kind === 'run')).toMatchObject([
      { seed: 5, outputs: { length: 30 } },
      { seed: 6, outputs: { length: 30 } },
    ]);
    expect(lines.filter(({ kind }) => kind === 'claim')).toMatchObject([{ claim: 'is large', holds: true }]);
    expect(status).toBe(0);
  });

  it('is not run without it', async () => {
    const { status, stdout } = await depthLab(['check', file, '--json']);
    expect(linesOf(stdout)).toMatchObject([{ claim: 'is small', holds: true }]);
    expect(status).toBe(0);
  });

  it('yields to --seeds, which may be a list', async () => {
    const { stdout } = await depthLab(['run', file, '--full', '--seeds', '1,4-5', '--json']);
    const runs = linesOf(stdout).filter(({ kind }) => kind === 'run');
    expect(runs.map(({ seed, outputs }) => [seed, outputs.length])).toEqual([
      [1, 30],
      [4, 30],
      [5, 30],
    ]);
  });

  it('says which experiment has none', async () => {
    const small = folder.write('small.lab.ts', text(''));
    const { status, stderr } = await depthLab(['check', small, '--full', '--json']);
    expect(stderr).toContain("'sizes' has no 'full': it is run in its own size");
    expect(status).toBe(0);
  });

  it('stops what takes longer than it may, and says so at its line', async () => {
    const long = folder.write('long.lab.ts', text('full: { steps: 1e10, timeLimit: 0.5 },'));
    const { status, stderr } = await depthLab(['check', long, '--full']);
    expect(stderr).toMatch(/long\.lab\.ts:3:1: the full size takes longer than the 0\.5 s that it may/);
    expect(stderr).toContain("Raise 'timeLimit' in 'full'");
    expect(status).toBe(2);
  });

  it('reports a mistake in it at its place, whether it is run or not', async () => {
    const wrong = folder.write('wrong.lab.ts', text('full: { problem: regression({ dimension: 0, train: 30 }) },'));
    const { status, stderr } = await depthLab(['check', wrong]);
    expect(stderr).toMatch(/wrong\.lab\.ts:9:20: regression: 'dimension'/);
    expect(status).toBe(2);
    const misspelled = folder.write('misspelled.lab.ts', text('full: { stepz: 4 },'));
    expect((await depthLab(['check', misspelled])).stderr).toMatch(
      /misspelled\.lab\.ts:3:1: experiment: 'full' has no option 'stepz'\n +Did you mean 'steps'\?/,
    );
  });
});
