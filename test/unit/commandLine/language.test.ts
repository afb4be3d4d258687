import { afterAll, describe, expect, it } from 'vitest';
import { LabFolder, labText } from '../engine/labFile.ts';
import { npy } from '../lab/problems/dataset/npyFile.ts';
import { gaussianRows } from '../lab/trained.ts';
import { depthLab } from './depthLab.ts';

const folder = new LabFolder();
afterAll(() => folder.remove());

interface Run {
  kind: string;
  point: Record<string, unknown> | null;
  parameterization: string;
  optimizer: string;
  seed: number;
  seconds: number;
  train: { loss: number; error: number };
  test: { loss: number; error: number } | null;
  norms: object | null;
  predictor: number[] | null;
  outputs: number[];
  theory?: Record<string, object>;
  claim?: string;
  holds?: boolean;
  error?: string | null;
}

async function run(name: string, text: string, ...options: string[]): Promise<Run[]> {
  const { status, stdout, stderr } = await depthLab(['run', folder.write(name, text), '--json', ...options]);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const withoutSeconds = (runs: Run[]) => runs.map(({ seconds: _seconds, ...rest }) => rest);

describe('the lab language through the command line', () => {
  it('trains networks beside linear models, the same whatever the number of workers', async () => {
    const text = labText({
      names: 'experiment, teacher, linear, network, gd, ngd, adam',
      before: 'const slope = 0.1;\nconst leaky = (x: number): number => (x > 0 ? x : slope * x);',
      problem: 'teacher({ dimension: 4, train: 20, test: 50, widths: [3] })',
      parameterizations:
        '{ linear: linear(), own: network({ widths: [8], activation: leaky }), tanh: network({ widths: [6, 4], bias: true }) }',
      optimizers:
        "{ SGD: gd({ rate: 0.05, batch: 4 }), Adam: adam({ rate: 0.01 }), NGD: ngd({ rate: 0.1, damping: 1e-3 }), population: ngd({ rate: 0.05, fisher: 'population', damping: 0.01, fisherSamples: 100 }) }",
      rest: "steps: 200, seeds: 2, claims: { paths: ({ result }) => result.invariance('NGD') >= 0 },",
    });
    const one = await run('network.lab.ts', text, '--workers', '1');
    expect(one.filter(({ kind }) => kind === 'run')).toHaveLength(24);
    const net = one.find(({ parameterization, optimizer }) => parameterization === 'own' && optimizer === 'NGD');
    expect(net).toMatchObject({ predictor: null, norms: null });
    expect(net?.outputs).toHaveLength(20);
    expect(net?.train.error).toBeLessThan(0.05);
    expect(withoutSeconds(await run('network.lab.ts', text, '--workers', '2'))).toEqual(withoutSeconds(one));
  }, 30_000);

  it('measures invariance in either space, and residuals of theory', async () => {
    const claims = {
      'outputs are the default here': "of('NGF') === of('NGF', { space: 'training outputs' }) && of('NGF') < 1e-5",
      'off the span of the data it matters': "of('NGF', { space: 'predictors' }) > 0.01",
      'neither space forgets under gradient flow':
        "of('GF') > 0.1 && of('GF', { space: 'predictors' }) > 0.1 && of('GF') !== of('GF', { space: 'predictors' })",
      'residuals are there':
        "result.residual('stationarity', 'NGF', 'u² − v²') < result.residual('max-margin KKT', 'NGF', 'u² − v²')",
    };
    const written = Object.entries(claims).map(
      ([name, text]) => `'${name}': ({ result }) => { const of = (...a) => result.invariance(...a); return ${text}; }`,
    );
    const text = labText({
      names: 'experiment, separable, linear, elementwise, gradientFlow, naturalGradientFlow',
      problem: 'separable({ dimension: 20, train: 12, test: 50 })',
      parameterizations:
        "{ linear: linear(), 'u² − v²': elementwise({ u: 0.1, v: 0.1 }, ({ u, v }) => u * u - v * v) }",
      optimizers: '{ GF: gradientFlow({ until: 20 }), NGF: naturalGradientFlow({ until: 6 }) }',
      rest: `claims: { ${written.join(', ')} },`,
    });
    const lines = await run('spaces.lab.ts', text);
    expect(lines.filter(({ kind }) => kind === 'claim')).toMatchObject(
      Object.keys(claims).map((claim) => ({ claim, holds: true, error: null })),
    );
    const runs = lines.filter(({ kind }) => kind === 'run');
    expect(runs.map((line) => 'parameters' in line)).toEqual([false, false, false, false]);
    const natural = runs.find(
      ({ parameterization, optimizer }) => parameterization !== 'linear' && optimizer === 'NGF',
    );
    expect(natural?.theory?.stationarity).toEqual({ residual: expect.any(Number) });
  });

  it('says that networks have no paths of predictors', async () => {
    const text = labText({
      names: 'experiment, teacher, linear, network, gd',
      problem: 'teacher({ dimension: 4, train: 6, widths: [3] })',
      parameterizations: '{ linear: linear(), tanh: network({ widths: [6] }) }',
      rest: `steps: 5, claims: {
        outputs: ({ result }) => result.invariance('GD', { space: 'training outputs' }) === result.invariance('GD'),
        predictors: ({ result }) => result.invariance('GD', { space: 'predictors' }) > 0,
        misspelt: ({ result }) => result.invariance('GD', { space: 'predictor' }) > 0,
      },`,
    });
    const { stdout } = await depthLab(['check', folder.write('none.lab.ts', text), '--json']);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { holds: true },
      {
        holds: false,
        error: expect.stringMatching(
          /^invariance: there are no paths of predictors here \(A network has no predictor vector/,
        ),
      },
      { holds: false, error: expect.stringMatching(/'space' must be one of 'predictors', 'training outputs'/) },
    ]);
  });

  it('sweeps, with the point in every line and in the table', async () => {
    const text = `import { experiment, sweep, separable, elementwise, gd } from 'depth-lab';
experiment('scales', sweep({ scale: [0.01, 1], depth: [2, 3] }, ({ scale, depth }) => ({
  problem: separable({ dimension: 20, train: 15, test: 200, sparsity: 2 }),
  parameterizations: { p: elementwise({ u: scale, v: scale }, ({ u, v }) => u ** depth - v ** depth) },
  optimizers: { GD: gd({ rate: 0.05, normalized: true }) },
  steps: 300,
  claims: {
    all: ({ result }) => result.runs.length === 4,
    here: ({ result, point }) => result.at(point!).runs.every((run) => run.point!.scale === scale),
    mean: ({ result }) => result.mean('GD', 'p', { scale: 0.01 }).test.error !== result.mean('GD', 'p', { scale: 1 }).test.error,
  },
})));
`;
    const lines = await run('sweep.lab.ts', text);
    expect(lines.map(({ point }) => point).slice(0, 4)).toEqual([
      { scale: 0.01, depth: 2 },
      { scale: 0.01, depth: 3 },
      { scale: 1, depth: 2 },
      { scale: 1, depth: 3 },
    ]);
    expect(lines.slice(4, 7).map(({ claim, holds }) => [claim, holds])).toEqual([
      ['all', true],
      ['here', true],
      ['mean', true],
    ]);
    const { stdout } = await depthLab(['run', folder.write('sweep.lab.ts', text)]);
    expect(stdout).toContain('4 points');
    expect(stdout).toMatch(/scale +depth +parameterization +optimizer/);
    expect(stdout).toMatch(/0\.01 +3 +p +GD/);
  });

  it('says at which point a claim of a sweep does not hold', async () => {
    const text = `import { experiment, sweep, regression, linear, gd } from 'depth-lab';
experiment('steps', sweep({ steps: [1, 400] }, ({ steps }) => ({
  problem: regression({ dimension: 3, train: 9, seed: 1 }),
  parameterizations: { linear: linear() },
  optimizers: { GD: gd({ rate: 0.2 }) },
  steps,
  claims: { learnt: ({ result, point }) => result.mean('GD', 'linear', point!).train.error < 1e-3 },
})));
`;
    const { status, stdout } = await depthLab(['check', folder.write('claim.lab.ts', text), '--json']);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ claim: 'learnt', holds: false, error: 'it does not hold at steps 1' });
  });

  it('reads data files beside the lab file, from wherever it is run', async () => {
    const rows = gaussianRows(71, 12, 3);
    const labels = rows.map((x) => (x[0] + x[1] > 0 ? 1 : -1));
    const table = rows.map((x, i) => [...x, labels[i] > 0 ? 'yes' : 'no'].join(';'));
    folder.write('data/table.csv', `a;b;c;class\n${table.join('\n')}\n`);
    folder.write('data/x.npy', npy('<f8', [12, 3], rows.flat()));
    folder.write('data/y.npy', npy('|i1', [12], labels));
    const at = (problem: string) =>
      labText({ problem, optimizers: '{ GD: gd({ rate: 0.1 }) }', rest: 'steps: 30, seeds: 2,' });
    const csv = await run(
      'csv.lab.ts',
      at("dataset({ csv: 'data/table.csv', label: 'class', positive: 'yes', loss: 'logistic', split: 8 })"),
    );
    const arrays = await run(
      'npy.lab.ts',
      at("dataset({ npy: { inputs: './data/x.npy', labels: './data/y.npy' }, loss: 'logistic', split: 8 })"),
    );
    expect(withoutSeconds(csv)).toEqual(withoutSeconds(arrays));
    expect(csv[0].outputs).toHaveLength(8);
    expect(csv[0].test?.loss).not.toBe(csv[1].test?.loss);
  });

  it('runs tensor programs with imported and captured values', async () => {
    folder.write(
      'filters.ts',
      'export const blur: number[] = [0.5, 0.25, 0, 0, 0, 0.25];\nexport const soft = (x: number) => Math.tanh(x) / 2;\n',
    );
    const [line] = await run(
      'tensors.lab.ts',
      labText({
        names: 'experiment, regression, parameterization, vector, matrix, matmul, convolve, map, add, sum, gd, ngd',
        before: "import { blur, soft } from './filters';",
        problem: 'regression({ dimension: 6, train: 30 })',
        parameterizations:
          '{ p: parameterization({ a: vector(6), M: matrix(6, 6) }, ({ a, M }) => add(convolve(a, blur), matmul(M, map((x, y) => soft(x) + y, a, 0.1))), { scale: 0.3 }) }',
        optimizers: '{ NGD: ngd({ rate: 0.2 }) }',
        rest: 'steps: 100,',
      }),
    );
    expect(line.train.error).toBeLessThan(1e-6);
  });

  it('imports JSON with an attribute and without, statically and not', async () => {
    folder.write('numbers.json', '{ "k": 3, "list": [1, 2] }');
    for (const [name, before] of [
      ['static.lab.ts', "import data from './numbers.json';"],
      ['attribute.lab.ts', "import data from './numbers.json' with { type: 'json' };"],
      ['dynamic.lab.ts', "const { default: data } = await import('./numbers.json');"],
      ['plain.lab.js', "import data from './numbers.json';"],
    ]) {
      const text = labText({
        before,
        problem: "dataset({ train: { inputs: [[1]], labels: [0] }, loss: 'square' })",
        parameterizations: '{ w: elementwise({ u: 0.5 }, ({ u }) => data.k * u + data.list[1]) }',
        optimizers: '{ GD: gd({ rate: 1e-9 }) }',
        rest: 'steps: 1,',
      });
      const [{ predictor }] = await run(name, text);
      expect(predictor?.[0]).toBeCloseTo(3.5, 6);
    }
  });

  it('reads import.meta, hoisted functions and what the file declares later', async () => {
    const text = labText({
      problem: "dataset({ train: { inputs: [[1]], labels: [0] }, loss: 'square' })",
      parameterizations: `{
        url: elementwise({ u: 0.5 }, ({ u }) => (import.meta.url.startsWith('file:') ? 2 : 3) * u),
        filename: elementwise({ u: 0.5 }, ({ u }) => (import.meta.filename.endsWith('meta.lab.ts') ? 2 : 3) * u),
        dirname: elementwise({ u: 0.5 }, ({ u }) => (import.meta.dirname.length > 1 && import.meta.env === undefined ? 2 : 3) * u),
        hoisted: elementwise({ u: 0.5 }, double),
      }`,
      optimizers: '{ GD: gd({ rate: 1e-9 }) }',
      rest: 'steps: 1,',
    });
    const lines = await run(
      'meta.lab.ts',
      `${text}\nfunction double({ u }: { u: number }) { return later * u; }\nconst later = 2;\n`,
    );
    const runs = lines.filter(({ kind }) => kind === 'run');
    expect(runs).toHaveLength(4);
    for (const { predictor } of runs) expect(predictor?.[0]).toBeCloseTo(1, 6);
  });
});
