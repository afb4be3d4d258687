import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { LabFolder, labText } from '../engine/labFile.ts';
import { depthLab } from './depthLab.ts';

const folder = new LabFolder();
afterAll(() => folder.remove());
const times = (count: number, text: (i: number) => string) => Array.from({ length: count }, (_, i) => text(i)).join('');

describe('what is too large', { timeout: 60_000 }, () => {
  it.each<[string, Parameters<typeof labText>[0], RegExp]>([
    [
      'layers',
      { parameterizations: '{ a: factorization({ depth: 1e6 }) }' },
      /:5:\d+: factorization: 'depth' must be at most 10000; it is 1000000$/,
    ],
    [
      'conditions in conditions',
      {
        parameterizations: `{ a: elementwise({ u: 0.5 }, ({ u }) => { return ${times(1600, (i) => `u > ${i} ? ${i} : `)} u; }) }`,
      },
      /:5:\d+: this is nested too deeply: the limit is 1500 levels/,
    ],
    [
      'seeds',
      { rest: 'steps: 20, seeds: 1e7,' },
      /:3:1: experiment: 'seeds' asks for 10000000 seeds, more than the 65536 runs/,
    ],
    [
      'runs',
      { optimizers: '{ a: gd({ rate: 1 }), b: gd({ rate: 2 }) }', rest: 'steps: 20, seeds: 40_000,' },
      /:3:1: .* × 2 optimizers × 40000 seeds are 80000 runs, more than the 65536/,
    ],
    [
      'results',
      { problem: 'separable({ dimension: 1_000_000, train: 4, test: 0 })', rest: 'steps: 20, seeds: 60_000,' },
      /:3:1: the results of 60000 runs would need about 1\.\d+e\+3 GiB of memory, more than the .* GiB allowed$/,
    ],
    [
      'programs',
      {
        names: 'experiment, separable, parameterization, vector, add, gd',
        parameterizations:
          '{ a: parameterization({ w: vector(6) }, ({ w }) => { let x = w; for (let i = 0; i < 1e7; i++) x = add(x, w); return x; }) }',
      },
      /:5:\d+: this program needs more than 200000 operations$/,
    ],
  ])('is refused at its place: %s', async (_, parts, message) => {
    const { status, stdout, stderr } = await depthLab(['run', folder.write('large.lab.ts', labText(parts)), '--json']);
    expect(stderr.split('\n')[0]).toMatch(message);
    expect(status).toBe(2);
    expect(stdout).toBe('');
  });
});

describe('what is large', { timeout: 120_000 }, () => {
  it.each<[string, string]>([
    ['layers', 'deepLinear({ depth: 3000, width: 2 })'],
    [
      'rounds',
      'elementwise({ u: 1e-6 }, ({ u }) => { let x = u; for (let i = 0; i < 9900; i++) x = x + u; return x; })',
    ],
    [
      'statements',
      `elementwise({ u: 1e-6 }, ({ u }) => { let x = u; ${times(10_000, () => 'x = x + u;')} return x; })`,
    ],
  ])('is trained: many %s', async (_, parameterization) => {
    const file = folder.write(
      'long.lab.ts',
      labText({
        parameterizations: `{ a: ${parameterization} }`,
        optimizers: '{ GD: gd({ rate: 1e-12 }) }',
        rest: 'steps: 2,',
      }),
    );
    const { status, stdout, stderr } = await depthLab(['run', file, '--json']);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(JSON.parse(stdout.split('\n')[0] as string)).toMatchObject({ kind: 'run', steps: 2 });
  });

  it('keeps the paths of a large grid on the disk, for claims as well, and leaves nothing there', async () => {
    // 320 kB for each of 300 runs.
    const text = labText({
      names: 'experiment, regression, linear, diagonal, gd',
      problem: 'regression({ dimension: 400, train: 100, test: 0 })',
      parameterizations: '{ a: linear(), b: diagonal({ depth: 2 }) }',
      optimizers: '{ GD: gd({ rate: 0.01 }) }',
      rest: `steps: 3, seeds: 150, claims: {
        'throws': ({ result }) => { throw new Error(result.invariance('GD') + ' ' + result.invariance('GD', { space: 'predictors' })); },
      },`,
    });
    const { stdout, status } = await depthLab(['run', folder.write('grid.lab.ts', text), '--json']);
    expect(status).toBe(1);
    const lines = stdout.trim().split('\n');
    expect(lines).toHaveLength(302);
    expect(JSON.parse(lines.at(-2) as string).error).toMatch(/^0\.\d+ 0\.\d+$/);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('depth-lab-paths-'))).toEqual([]);
  });

  it('is loaded: 5,000 experiments', async () => {
    const one = (i: number) =>
      `experiment('e${i}', { problem: separable({ dimension: 6, train: 4 }), parameterizations: { a: linear() }, optimizers: { GD: gd({ rate: 0.1 }) }, steps: 2 });\n`;
    const file = folder.write(
      'many.lab.ts',
      `import { experiment, gd, linear, separable } from 'depth-lab';\n${times(5000, one)}`,
    );
    const { status, stdout, stderr } = await depthLab(['run', file, '--experiment', 'e4999', '--json']);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(JSON.parse(stdout.split('\n')[0] as string)).toMatchObject({ experiment: 'e4999' });
  });
});
