/**
 * Scripts in Python, run beside the lab. The interpreter is `python3`, or the one that DEPTH_LAB_PYTHON names; what it has
 * no NumPy or JAX for is skipped.
 */
import { execFile, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { depthLab } from '../commandLine/depthLab.ts';
import { LabFolder, labText } from '../engine/labFile.ts';

const python = process.env.DEPTH_LAB_PYTHON ?? 'python3';
const has = (library: string) => spawnSync(python, ['-c', `import ${library}`]).status === 0;
const [hasNumPy, hasJax] = [has('numpy'), has('jax')];

const folder = new LabFolder();
afterAll(() => folder.remove());

const gallery = readdirSync('media/gallery').filter((name) => name.endsWith('.lab.ts'));
const language = path.resolve('test/unit/python/fixtures/language.lab.ts');

/** Only the first seed. */
const first = ['--seeds', '1-1'];

type Quantities = { loss: number | null; error: number | null };

interface Run {
  kind: string;
  experiment: string;
  point: Record<string, number> | null;
  parameterization: string;
  optimizer: string;
  seed: number;
  train: Quantities;
  test: Quantities | null;
  predictor: (number | null)[] | null;
  outputs: (number | null)[];
  diverged?: number;
  singular?: number;
  imprecise?: number;
}

const cellOf = ({ experiment, point, parameterization, optimizer, seed }: Run) =>
  [experiment, JSON.stringify(point), parameterization, optimizer, seed].join(' · ');

function runsOf(lines: string): Run[] {
  const all = lines.trim().split('\n');
  return all.map((line) => JSON.parse(line) as Run).filter(({ kind }) => kind === 'run');
}

/** The runs of a lab file as the lab and as its scripts compute them. @param seeds instead of those of the file */
async function bothOf(file: string, format: 'python' | 'jax', ...seeds: string[]): Promise<[Run, Run][]> {
  const out = path.join(folder.path, `${path.basename(file)}.${format}`);
  const { status, stderr, stdout } = await depthLab(['export', file, '--format', format, '--out', out, ...seeds]);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout.trim().split('\n')).toHaveLength(readdirSync(out).length);
  const lab = await depthLab(['run', file, '--engine', 'cpu', '--json', ...seeds]);
  const own = new Map(runsOf(lab.stdout).map((run) => [cellOf(run), run]));
  const both: [Run, Run][] = [];
  for (const name of readdirSync(out)) {
    // Small matrices: threads cost more than they save.
    const env = { ...process.env, OPENBLAS_NUM_THREADS: '1' };
    const options = { env, maxBuffer: 2 ** 28 };
    const printed = await promisify(execFile)(python, [path.join(out, name), '--json'], options);
    for (const run of runsOf(printed.stdout)) both.push([own.get(cellOf(run))!, run]);
  }
  expect(both).toHaveLength(own.size);
  return both;
}

function distance(a: readonly (number | null)[], b: readonly (number | null)[]): number {
  const scale = Math.max(...a.map((value) => Math.abs(value ?? 0)), Number.MIN_VALUE);
  const apart = a.map((value, i) => {
    const other = b[i] ?? null;
    return value === null || other === null
      ? value === other
        ? 0
        : Number.POSITIVE_INFINITY
      : Math.abs(value - other);
  });
  return a.length === b.length ? Math.max(...apart) / scale : Number.POSITIVE_INFINITY;
}

/** Losses and errors of what is fitted exactly are rounding errors. */
const quantitiesOf = ({ train, test }: Run) => [train.loss, train.error, test?.loss ?? null, test?.error ?? null];

function expectSame([lab, script]: [Run, Run], tolerance: number): void {
  const cell = cellOf(script);
  expect([cell, script.diverged, script.singular === undefined, script.imprecise === undefined]).toEqual([
    cell,
    lab.diverged,
    lab.singular === undefined,
    lab.imprecise === undefined,
  ]);
  // A run that diverges multiplies its rounding errors until it ends.
  if (lab.diverged !== undefined) return;
  const distances = [
    lab.predictor && script.predictor && distance(lab.predictor, script.predictor),
    distance(lab.outputs, script.outputs),
    distance([...quantitiesOf(lab), 1], [...quantitiesOf(script), 1]),
  ];
  for (const one of distances) if (one !== null) expect(one, cell).toBeLessThan(tolerance);
}

/** Adam with an epsilon of 1e-30 divides by gradients that vanish: a start of 1e-17 in place of 0 moves its end by 3e-5. */
const chaotic = (run: Run) => run.experiment === 'Geometry of steps' && run.optimizer === 'Adam';

describe.skipIf(!hasNumPy)('scripts with NumPy (skipped where Python has none)', { timeout: 600_000 }, () => {
  it.each(gallery)('%s', async (name) => {
    const both = await bothOf(path.resolve('media/gallery', name), 'python', ...first);
    for (const one of both) expectSame(one, chaotic(one[1]) ? 1e-3 : 1e-9);
  });

  it('of everything that the gallery does not use', async () => {
    const both = await bothOf(language, 'python');
    // The slope of ELU has a kink, which each integrator crosses in its own way.
    for (const one of both) expectSame(one, one[1].parameterization === 'elu' ? 1e-6 : 1e-9);
  });
});

describe.skipIf(!hasJax)('scripts with JAX (skipped where Python has none)', { timeout: 600_000 }, () => {
  it('of a part of the gallery', async () => {
    for (const name of ['equal-margins', 'networks-on-one-path', 'convolutional-networks', 'which-fisher']) {
      for (const one of await bothOf(path.resolve('media/gallery', `${name}.lab.ts`), 'jax', ...first)) {
        expectSame(one, 1e-9);
      }
    }
  });

  it('of everything that the gallery does not use', async () => {
    const both = await bothOf(language, 'jax');
    for (const one of both) expectSame(one, one[1].parameterization === 'elu' ? 1e-6 : 1e-9);
  });
});

describe('scripts', () => {
  const script = async (text: string, format = 'python', ...more: string[]) => {
    const file = folder.write('one.lab.ts', text);
    const out = path.join(folder.path, 'one');
    const { status, stderr } = await depthLab(['export', file, '--format', format, '--out', out, ...more]);
    expect([status, stderr]).toEqual([0, '']);
    return readFileSync(path.join(out, format === 'jax' ? 'small_jax.py' : 'small.py'), 'utf8');
  };

  it('have the functions of the parameterizations and their derivatives', async () => {
    const text = await script(
      labText({ parameterizations: "{ 'u² - v²': elementwise({ u: 0.1, v: 0.1 }, ({ u, v }) => u * u - v * v) }" }),
    );
    expect(text).toContain('def u2_v2(u, v):\n    """w of \'u² - v²\'."""\n    return u**2 - v**2\n');
    expect(text).toContain('def u2_v2_pullback(u, v, g):');
    expect(text).toContain('"u² - v²": Parameterization(');
  });

  it('contain what they need, and no more', async () => {
    const text = await script(labText());
    expect(text).toContain('class GradientDescent(Steps)');
    expect(text).not.toMatch(/class (Network|Adam|LeastSquares|DormandPrince|MatrixCompletion)\b/);
    expect(text).not.toMatch(/\bxp\.|@compiled|jax/);
  });

  it('with JAX leave derivatives to it, unless there are kinks', async () => {
    const of = (f: string) => labText({ parameterizations: `{ w: elementwise({ u: 0.1 }, ({ u }) => ${f}) }` });
    expect(await script(of('u ** 3'), 'jax')).not.toContain('def w_pullback');
    expect(await script(of('Math.abs(u)'), 'jax')).toContain('def w_pullback');
  });

  it('take seeds and steps in place of those of the file', async () => {
    const text = await script(labText(), 'python', '--seeds', '4,6', '--steps', '7');
    expect(text).toContain('SEEDS = [4, 6]');
    expect(text).toContain('"steps": 7');
  });
});
