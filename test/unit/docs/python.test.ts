/**
 * Python reads what is exported. The interpreter is `python3`, or the one that DEPTH_LAB_PYTHON names; with
 * `DEPTH_LAB_PYTHON=venv` an environment is made, with the packages from PyPI.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { depthLab } from '../commandLine/depthLab.ts';
import { LabFolder } from '../engine/labFile.ts';

const folder = new LabFolder();
afterAll(() => folder.remove());

const python = interpreter();
const has = (...modules: string[]) =>
  python !== null && spawnSync(python, ['-c', `import ${modules.join(', ')}`]).status === 0;

function interpreter(): string | null {
  const wanted = process.env.DEPTH_LAB_PYTHON ?? 'python3';
  if (wanted !== 'venv') return spawnSync(wanted, ['--version']).status === 0 ? wanted : null;
  const environment = path.join(folder.path, 'venv');
  execFileSync('python3', ['-m', 'venv', environment]);
  const own = path.join(environment, 'bin/python');
  execFileSync(own, ['-m', 'pip', 'install', '--quiet', 'pandas', 'numpy', 'pyarrow', 'polars']);
  return own;
}

const source = `import { diagonal, experiment, factorization, gd, linear, matrixCompletion, ngd, separable } from 'depth-lab';
experiment('read by Python', {
  problem: separable({ dimension: 6, train: 4, test: 20 }),
  parameterizations: { 'w = θ': linear(), 'w = "u²"': diagonal({ depth: 2, scale: 0.5 }) },
  optimizers: { GD: gd({ rate: 0.1 }), NGD: ngd({ rate: 0.1 }) },
  steps: 40,
  seeds: 2,
});
`;
const diverging = `import { experiment, gd, linear, regression } from 'depth-lab';
experiment('diverging', {
  problem: regression({ dimension: 3, train: 8 }),
  parameterizations: { linear: linear() },
  optimizers: { wild: gd({ rate: 100 }), GD: gd({ rate: 0.01 }) },
  steps: 400,
});
`;

async function exportTo(out: string, format: string, ...files: string[]): Promise<void> {
  const args = ['export', ...files, '--store', path.join(folder.path, 'store'), '--engine', 'cpu'];
  const output = await depthLab([...args, '--format', format, '--out', path.join(folder.path, out)]);
  expect(output.status).toBe(0);
}

const run = (script: string, ...args: string[]) =>
  execFileSync(python!, ['-', ...args], { cwd: folder.path, input: script, encoding: 'utf8' });

/** Columns of numbers as Python reads them from each format, compared with those of the JSON to the bit. */
const compare = `
import json, math, struct, sys
import numpy as np, pandas as pd
reader = sys.argv[1]
bits = lambda x: None if x is None else struct.pack('<d', math.nan if math.isnan(float(x)) else float(x))
# From version 3 on, pandas reads numbers exactly.
exact = {'float_precision': 'round_trip'} if int(pd.__version__.split('.')[0]) < 3 else {}
def read(table):
    if reader == 'pandas CSV':
        return {name: list(column) for name, column in pd.read_csv(f'all/{table}.csv', **exact).items()}
    if reader == 'numpy':
        arrays = np.load(f'all/{table}.npz')
        return {name: arrays[name].tolist() for name in arrays.files}
    if reader == 'pyarrow':
        import pyarrow.parquet as pq
        return pq.read_table(f'all/{table}.parquet').to_pydict()
    import polars as pl
    frame = pl.read_csv(f'all/{table}.csv', infer_schema_length=None) if reader == 'polars CSV' else pl.read_parquet(f'all/{table}.parquet')
    return frame.to_dict(as_series=False)
# Null is NaN where a reader has no other way to say it.
has_null = reader in ('pyarrow', 'polars Parquet', 'polars CSV')
compared = 0
for table in ('runs', 'curves', 'theory'):
    rows, columns = json.load(open(f'all/{table}.json')), read(table)
    assert len(rows) > 0 and set(columns) == set(rows[0]), (table, columns.keys())
    for name, values in columns.items():
        wanted = [row[name] for row in rows]
        assert len(values) == len(wanted)
        is_text = any(isinstance(one, str) and one not in ('NaN', 'Infinity', '-Infinity') for one in wanted)
        for value, one in zip(values, wanted):
            if is_text:
                assert value == one or one is None, (table, name, value, one)
            elif one is None:
                assert value in (None, '') or (not has_null and math.isnan(float(value))), (table, name, value)
            else:
                assert bits(value) == bits(one), (table, name, value, one)
            compared += 1
print(compared)
`;

describe.skipIf(!has('pandas', 'numpy'))(
  'the tables in Python (needs python3 with pandas)',
  { timeout: 120_000 },
  () => {
    beforeAll(async () => {
      const file = folder.write('python.lab.ts', source);
      await exportTo('tables', 'csv', file);
      await exportTo('tables', 'npz', file);
      const other = folder.write('diverging.lab.ts', diverging);
      // The first time, so that all are taken from the store in what follows.
      await exportTo('first', 'csv', other);
      for (const format of ['csv', 'npz', 'parquet', 'json']) await exportTo('all', format, file, other);
    }, 120_000);

    it('are read by the example of the documentation', () => {
      const page = readFileSync(path.join(import.meta.dirname, '../../../docs/export.md'), 'utf8');
      const example = /```python\n([\s\S]*?)```/.exec(page)![1]!;
      expect(example.trimEnd().split('\n').length).toBeLessThanOrEqual(11);
      const printed = run(example);
      expect(printed).toMatch(/w = θ +GD +\d\.\d+ +\d\.\d+ +2\n/);
      expect(printed).toMatch(/Name: 40, dtype: float64/);
      expect(printed).toContain('[[1. ');
    });

    it.each([
      ['pandas CSV', 'pandas'],
      ['numpy', 'numpy'],
      ['pyarrow', 'pyarrow'],
      ['polars CSV', 'polars'],
      ['polars Parquet', 'polars'],
    ])('have the same bits for %s', (reader, module) => {
      // Parquet and polars are more than the example needs.
      if (!has(module)) return expect(module).toMatch(/pyarrow|polars/);
      expect(Number(run(compare, reader))).toBeGreaterThan(1000);
    });

    it('have predictors in their shapes', () => {
      const script = `
import json, numpy as np
arrays = np.load('all/predictors.npz')
rows = json.load(open('all/predictors.json'))
for run in {row['run'] for row in rows}:
    wanted = [float(row['value']) for row in rows if row['run'] == run]
    assert arrays[f'run_{run}'].tolist() == wanted and arrays[f'run_{run}'].shape == (len(wanted),)
parameters = np.load('all/parameters.npz')
print(len(arrays.files), parameters['run_4/u'].shape if 'run_4/u' in parameters else sorted(parameters.files)[:3])
`;
      expect(run(script)).toMatch(/^10 /);
    });
  },
);
