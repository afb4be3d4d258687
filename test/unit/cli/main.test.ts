import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { depthLab } from '../commandLine/depthLab.ts';
import { dist, LabFolder, labText } from '../engine/labFile.ts';

const folder = new LabFolder();
const good = folder.write(
  'good.lab.ts',
  labText({ rest: 'steps: 30, seeds: 2, claims: { holds: ({ result }) => result.runs.length === 2 },' }),
);
const failing = folder.write(
  'failing.lab.ts',
  labText({
    rest: "steps: 5, claims: { fails: () => false, throws: ({ result }) => result.mean('GD', 'linaer').test.error > 0 },",
  }),
);
afterAll(() => folder.remove());

function lines(text: string): Record<string, unknown>[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('depth-lab run', () => {
  it.runIf(existsSync('/dev/full'))('says in one line that its output could not be written, with exit status 2', () => {
    const command = `"${process.execPath}" "${path.join(dist, 'cli.js')}" run "${good}" --json > /dev/full`;
    const { status, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
    expect(stderr).toMatch(/^depth-lab: the output could not be written: ENOSPC.*\n$/);
    expect(status).toBe(2);
  });

  it('prints a JSON line for each run and claim and a summary, and nothing else', async () => {
    const { status, stdout } = await depthLab(['run', good, '--json']);
    expect(status).toBe(0);
    const [first, second, claim, ...rest] = lines(stdout);
    expect(rest).toEqual([{ kind: 'summary', experiment: 'small', runs: 2, stored: 0, trained: 2 }]);
    expect(Object.keys(first).slice(0, 17)).toEqual([
      'kind',
      'experiment',
      'point',
      'parameterization',
      'optimizer',
      'seed',
      'steps',
      'time',
      'engine',
      'seconds',
      'stored',
      'train',
      'test',
      'gap',
      'margins',
      'norms',
      'predictor',
    ]);
    expect(first).toMatchObject({
      kind: 'run',
      experiment: 'small',
      point: null,
      parameterization: 'linear',
      optimizer: 'GD',
      seed: 1,
      steps: 30,
      time: 3,
      engine: 'cpu',
    });
    expect(first.predictor).toHaveLength(6);
    expect(first.outputs).toHaveLength(4);
    expect(second.seed).toBe(2);
    expect(claim).toEqual({ kind: 'claim', experiment: 'small', claim: 'holds', holds: true, error: null });
  });

  it('prints a table with the finding and the claims', async () => {
    const { stdout } = await depthLab(['run', good]);
    expect(stdout).toMatch(/parameterization +optimizer +train loss/);
    expect(stdout).toMatch(/linear +GD/);
    expect(stdout).toContain('✓ holds');
  });

  it('follows flows without steps, and says where one met a singular point', async () => {
    const file = folder.write(
      'flows.lab.ts',
      labText({
        names: 'experiment, matrixCompletion, factorization, gradientFlow, naturalGradientFlow',
        problem: 'matrixCompletion({ rows: 5, columns: 5, rank: 1, observed: 15, seed: 1 })',
        parameterizations: "{ balanced: factorization({ depth: 2, init: 'identity', scale: 0.3 }) }",
        optimizers: "{ GF: gradientFlow({ until: 10 }), NGF: naturalGradientFlow({ until: 3, fisher: 'population' }) }",
        rest: '',
      }),
    );
    const [flow, natural] = lines((await depthLab(['run', file, '--json'])).stdout);
    expect(flow).toMatchObject({ optimizer: 'GF', time: 10 });
    expect(natural.singular).toBe(natural.time);
    const people = (await depthLab(['run', file])).stdout.replaceAll(/\s+/g, ' ');
    expect(people).toMatch(/Flow ended at a singular point: balanced · NGF, 1 of 1: seed 1 \(at t = 0\.\d+\)/);
  });

  it('compares the runs with the predictions of theory, for people, programs and claims', async () => {
    const file = folder.write(
      'theory.lab.ts',
      labText({
        problem: 'separable({ dimension: 20, train: 12, test: 50 })',
        optimizers: '{ NGD: ngd({ rate: 0.01 }) }',
        rest: "steps: 100, claims: { equal: ({ result }) => result.angle('minimum-norm fit', 'NGD', 'linear') < 1e-8, no: ({ result }) => result.angle('largest margin', 'NGD', 'linear') < 1 },",
      }),
    );
    const { stdout } = await depthLab(['run', file, '--json']);
    const [run, equal, no] = lines(stdout);
    const theory = run.theory as Record<string, { angle: number }>;
    expect(Object.keys(theory)).toEqual([
      'max L2 margin',
      'max L1 margin',
      'minimum-norm fit',
      'least-L1 fit',
      'max-margin KKT',
    ]);
    expect(theory['minimum-norm fit'].angle).toBeLessThan(1e-8);
    expect(theory['max L2 margin'].angle).toBeGreaterThan(0.1);
    expect(equal).toMatchObject({ claim: 'equal', holds: true, error: null });
    expect(no).toMatchObject({
      holds: false,
      error: expect.stringContaining("theory does not predict 'largest margin' here"),
    });
    const table = await depthLab(['run', file]);
    expect(table.stdout).toMatch(/Angle to the directions predicted by theory; .*:\n.*max L2 margin +max L1 margin/);
    expect(table.stdout).toMatch(/linear +NGD +\d+\.\d° +\d+\.\d° +0\.0° /);
  });

  it('writes the lines to a folder', async () => {
    const out = path.join(folder.path, 'results');
    const { stdout } = await depthLab(['run', good, '--json', '--out', out]);
    expect(readFileSync(path.join(out, 'results.jsonl'), 'utf8')).toBe(stdout);
  });

  it('ends with 1 where a claim does not hold, and says why a claim could not be evaluated', async () => {
    const { status, stdout } = await depthLab(['run', failing]);
    expect(status).toBe(1);
    expect(stdout).toContain('✗ fails');
    expect(stdout).toContain("✗ throws: there is no parameterization 'linaer' in this experiment");
  });

  it('ends with 3 when it is interrupted', async () => {
    const long = folder.write('long.lab.ts', labText({ rest: 'steps: 1_000_000_000,' }));
    const { status } = await depthLab(['run', long], { interruptAfter: 1500 });
    expect(status).toBe(3);
  });

  it('ends with 2 for a file that does not exist, an unknown experiment, an unknown option', async () => {
    expect((await depthLab(['run', 'nowhere.lab.ts'])).status).toBe(2);
    const unknown = await depthLab(['run', good, '--experiment', 'smal']);
    expect(unknown.status).toBe(2);
    expect(unknown.stderr).toContain("Did you mean 'small'?");
    expect((await depthLab(['run', good, '--workers', 'many'])).status).toBe(2);
  });

  it('runs .lab.js and .lab.mts as well', async () => {
    const text = labText({ names: 'experiment, separable, linear, gd' });
    for (const name of ['plain.lab.js', 'module.lab.mts']) {
      expect((await depthLab(['run', folder.write(name, text)])).status).toBe(0);
    }
  });
});

describe('depth-lab check', () => {
  it('reports claims alone', async () => {
    const { status, stdout } = await depthLab(['check', failing, '--json']);
    expect(status).toBe(1);
    expect(lines(stdout).map(({ kind, holds }) => [kind, holds])).toEqual([
      ['claim', false],
      ['claim', false],
    ]);
  });
});

describe('depth-lab list', () => {
  it('finds experiments without running the file', async () => {
    const file = folder.write('throws.lab.ts', labText({ before: 'throw 1;' }));
    const { status, stdout } = await depthLab(['list', file, '--json']);
    expect(status).toBe(0);
    expect(lines(stdout)).toEqual([{ kind: 'experiment', file, experiment: 'small', line: 3, column: 1 }]);
  });
});

describe('depth-lab explain', () => {
  it('shows the graph, its gradient and the generated code', async () => {
    const file = folder.write(
      'explain.lab.ts',
      labText({ parameterizations: "{ 'u²': elementwise({ u: 0.1 }, ({ u }) => u * u) }" }),
    );
    const { status, stdout } = await depthLab(['explain', file]);
    expect(status).toBe(0);
    expect(stdout).toContain('── u² ── elementwise: u [6]');
    expect(stdout).toMatch(/w += u · u +\[6\]/);
    expect(stdout).toMatch(/∂L\/∂u = /);
    expect(stdout).toContain('"step"(times) {');
  });
});

describe('depth-lab bench', () => {
  it('times a job of the peers, with their loss', { timeout: 30_000 }, async () => {
    const { status, stdout } = await depthLab(['bench', 'factorization-ngd-12x12-depth2', '--json']);
    expect(status).toBe(0);
    const [line] = lines(stdout);
    expect(line).toMatchObject({ job: 'factorization-ngd-12x12-depth2', peer: 'depth-lab', steps: 100, runs: 1 });
    // What the peers report for this job.
    expect(Math.abs(Number(line.loss) / 0.001577872726144547 - 1)).toBeLessThan(1e-8);
  });

  it('says what jobs there are', async () => {
    const { status, stderr } = await depthLab(['bench', 'network-ndg']);
    expect(status).toBe(2);
    expect(stderr).toBe("there is no job 'network-ndg'. Did you mean 'network-ngd'?\n");
  });
});
