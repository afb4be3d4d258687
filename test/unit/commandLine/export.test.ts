import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { parquetReadObjects } from 'hyparquet';
import Papa from 'papaparse';
import { afterAll, describe, expect, it } from 'vitest';
import { LabFolder } from '../engine/labFile.ts';
import { depthLab } from './depthLab.ts';

const folder = new LabFolder();
afterAll(() => folder.remove());

const at = (name: string) => path.join(folder.path, name);
const store = ['--store', at('store'), '--engine', 'cpu'];

/** Two points, two parameterizations and two seeds: eight runs of vectors; and two runs of a matrix. */
const file = folder.write(
  'swept.lab.ts',
  `import { elementwise, experiment, factorization, gd, linear, matrixCompletion, separable, sweep } from 'depth-lab';
experiment('swept', sweep({ scale: [0.5, 0.25] }, ({ scale }) => ({
  problem: separable({ dimension: 6, train: 4, test: 20 }),
  parameterizations: { linear: linear(), 'u² − v²': elementwise({ u: scale, v: 0.25 }, ({ u, v }) => u * u - v * v) },
  optimizers: { GD: gd({ rate: 0.1 }) },
  steps: 40,
  seeds: 2,
  claims: { 'does not hold': () => false },
})));
experiment('matrix', {
  problem: matrixCompletion({ rows: 3, columns: 4, rank: 1, observed: 8 }),
  parameterizations: { product: factorization({ depth: 2, scale: 0.1 }) },
  optimizers: { GD: gd({ rate: 0.1 }), wild: gd({ rate: 1e6 }) },
  steps: 40,
});
`,
);

interface Line {
  kind: string;
  experiment: string;
  point: { scale: number } | null;
  parameterization: string;
  seed: number;
  train: { loss: number | string };
  predictor: (number | string)[];
  samples: { step: number[]; trainLoss: number[] };
}

const export_ = (out: string, ...options: string[]) =>
  depthLab(['export', file, ...store, '--out', at(out), ...options]);
const csvOf = (out: string, name: string) =>
  Papa.parse<Record<string, string>>(readFileSync(path.join(at(out), name), 'utf8'), {
    header: true,
    skipEmptyLines: true,
  }).data;

describe('depth-lab export', { timeout: 60_000 }, () => {
  it('writes the numbers that run prints, and trains only what is not stored', async () => {
    const run = await depthLab(['run', file, '--json', '--samples', '--experiment', 'swept', ...store]);
    const { status, stdout, stderr } = await export_('csv');
    // Claims are not its business.
    expect(status).toBe(0);
    expect(stderr).toContain('swept: all 8 runs stored; 0 trained');
    expect(stderr).toContain('matrix: 2 runs trained');
    expect(stdout).toContain('runs.csv: 10 rows');

    const lines = run.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Line)
      .filter(({ kind }) => kind === 'run');
    const rows = csvOf('csv', 'runs.csv');
    expect(rows).toHaveLength(10);
    for (const [i, line] of lines.entries()) {
      expect(rows[i]).toMatchObject({
        run: String(i),
        experiment: 'swept',
        parameterization: line.parameterization,
        seed: String(line.seed),
        engine: 'cpu',
        stored: 'here',
      });
      expect(Number(rows[i].axis_scale)).toBe(line.point?.scale);
      expect(Number(rows[i].train_loss)).toBe(line.train.loss);
      const own = (name: string) => csvOf('csv', name).filter((row) => row.run === String(i));
      expect(own('predictors.csv').map(({ value }) => Number(value))).toEqual(line.predictor);
      expect(own('curves.csv').map(({ step }) => Number(step))).toEqual(line.samples.step);
      expect(own('curves.csv').map(({ train_loss }) => Number(train_loss))).toEqual(line.samples.trainLoss);
    }
    expect(rows[8]).toMatchObject({ experiment: 'matrix', axis_scale: '' });
  });

  it('writes parameters with which the predictors are those of the runs', async () => {
    await export_('parameters');
    const runs = csvOf('parameters', 'runs.csv').filter(({ parameterization }) => parameterization === 'u² − v²');
    expect(runs).toHaveLength(4);
    const values = (table: string, run: string, name?: string) =>
      csvOf('parameters', table)
        .filter((row) => row.run === run && (name === undefined || row.name === name))
        .map(({ value }) => Number(value));
    for (const { run } of runs) {
      const [u, v] = ['u', 'v'].map((name) => values('parameters.csv', run, name));
      expect(u).toHaveLength(6);
      for (const [i, w] of values('predictors.csv', run).entries()) expect(u[i] ** 2 - v[i] ** 2).toBeCloseTo(w, 12);
    }
    const matrix = csvOf('parameters', 'predictors.csv').filter(({ run }) => run === '8');
    expect(matrix.map(({ row, column }) => [row, column])).toEqual(
      ['0', '1', '2'].flatMap((row) => ['0', '1', '2', '3'].map((column) => [row, column])),
    );
  });

  it('writes the same numbers in every format', async () => {
    for (const format of ['csv', 'parquet', 'npz', 'json']) {
      expect(await export_('all', '--format', format)).toMatchObject({ status: 0 });
    }
    const csv = csvOf('all', 'curves.csv').map(({ train_loss }) => Number(train_loss));
    expect(csv.length).toBeGreaterThan(100);
    const bytes = readFileSync(path.join(at('all'), 'curves.parquet'));
    const parquet = await parquetReadObjects({
      file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
    });
    expect(parquet.map(({ train_loss }) => train_loss as number)).toEqual(csv);
    const json = JSON.parse(readFileSync(path.join(at('all'), 'curves.json'), 'utf8')) as { train_loss: number }[];
    expect(json.map(({ train_loss }) => train_loss)).toEqual(csv);
    const npy = Buffer.from(unzipSync(readFileSync(path.join(at('all'), 'curves.npz')))['train_loss.npy']);
    const start = 10 + npy.readUInt16LE(8);
    expect(csv.map((_, i) => npy.readDoubleLE(start + 8 * i))).toEqual(csv);
    expect(Object.keys(unzipSync(readFileSync(path.join(at('all'), 'parameters.npz'))))).toContain('run_2/u.npy');
    expect(readdirSync(at('all')).filter((name) => name.includes('tmp'))).toEqual([]);
  });

  it('writes the tables that are asked for, of the seeds that are asked for', async () => {
    const { status, stderr } = await export_(
      'some',
      '--tables',
      'curves,runs',
      '--experiment',
      'swept',
      '--seeds',
      '3',
    );
    expect(status).toBe(0);
    expect(readdirSync(at('some')).sort()).toEqual(['curves.csv', 'runs.csv']);
    expect(csvOf('some', 'runs.csv')).toHaveLength(12);
    expect(stderr).toContain('8 of 12 runs stored; 4 trained');
    expect(await export_('some', '--tables', 'curve')).toMatchObject({ status: 2 });
  });

  it('draws figures for print, and no tables unless they are asked for', async () => {
    const { status, stdout } = await export_('figures', '--experiment', 'matrix', '--figures', 'svg', '--width', '12');
    expect(status).toBe(0);
    const kinds = ['panel', 'loss', 'error', 'generalization', 'trajectories', 'predictor', 'spectrum', 'norms'];
    const names = kinds.map((kind) => `matrix-${kind}.svg`);
    expect(readdirSync(at('figures')).sort()).toEqual(names.sort());
    const svg = readFileSync(path.join(at('figures'), 'matrix-loss.svg'), 'utf8');
    expect(svg).toContain('width="12cm"');
    expect(svg).toMatch(/<dc:identifier>[\da-f]{64}<\/dc:identifier>/);
    // The run that diverged leaves the picture, and is told of.
    expect(stdout).toContain('diverged');
    for (const format of ['pdf', 'png']) {
      const more = await export_(
        'figures',
        '--experiment',
        'matrix',
        '--figures',
        format,
        '--format',
        'csv',
        '--font',
        'serif',
      );
      expect(more.status).toBe(0);
      expect(readFileSync(path.join(at('figures'), `matrix-loss.${format}`)).length).toBeGreaterThan(5000);
    }
    expect(readdirSync(at('figures'))).toContain('runs.csv');
    const only = ['--figures', 'svg', '--only', 'error', '--view', '{"point": 1, "x": "time"}'];
    expect(await export_('only', '--experiment', 'swept', ...only)).toMatchObject({ status: 0 });
    expect(readdirSync(at('only'))).toEqual(['swept-scale-0.25-error.svg']);
    expect(readFileSync(path.join(at('only'), 'swept-scale-0.25-error.svg'), 'utf8')).toContain('>time');
    for (const [option, text, reason] of [
      ['--only', 'eror', "no figure 'eror'"],
      ['--view', '{', 'an object in JSON'],
      ['--view', '{"colour": 1}', "no choice 'colour'"],
      ['--view', '{"point": -1}', "'point' cannot be -1"],
    ] as const) {
      const refused = await export_('only', '--figures', 'svg', option, text);
      expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining(reason) });
    }
    expect(await export_('figures', '--figures', 'gif')).toMatchObject({ status: 2 });
    expect(await export_('figures', '--figures', 'svg', '--width', '0')).toMatchObject({ status: 2 });
  });

  it('writes nothing where something failed, and leaves what is there', async () => {
    const broken = folder.write('broken.lab.ts', 'const x = ;');
    mkdirSync(at('kept'), { recursive: true });
    writeFileSync(path.join(at('kept'), 'runs.csv'), 'mine');
    const failed = await depthLab(['export', file, broken, ...store, '--out', at('kept')]);
    expect(failed.status).toBe(2);
    expect(failed.stderr).toContain('nothing was exported');
    expect(readdirSync(at('kept'))).toEqual(['runs.csv']);
    expect(readFileSync(path.join(at('kept'), 'runs.csv'), 'utf8')).toBe('mine');
  });

  it('says in one line what cannot be written', async () => {
    writeFileSync(at('inTheWay'), '');
    mkdirSync(at('linked'), { recursive: true });
    symlinkSync(at('elsewhere'), path.join(at('linked'), 'runs.csv'));
    for (const out of ['inTheWay', 'linked']) {
      const { status, stderr } = await export_(out);
      expect(status).toBe(2);
      expect(stderr.split('\n').at(-2)).toMatch(/^depth-lab: .*cannot be written/);
    }
    expect(existsSync(at('elsewhere'))).toBe(false);
  });
});
