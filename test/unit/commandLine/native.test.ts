import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findCompiler } from '../../../extension/engine/native/compiler.ts';
import type { RunResult } from '../../../extension/lab/results.ts';
import { LabFolder, labText } from '../engine/labFile.ts';
import { depthLab } from './depthLab.ts';

const folder = new LabFolder();
afterAll(() => folder.remove());

/** Long enough to be worth a compiler, by its products at observed entries or by its linear systems. */
const file = folder.write(
  'long.lab.ts',
  labText({
    problem: 'matrixCompletion({ rows: 60, columns: 60, rank: 2, observed: 1000 })',
    parameterizations: '{ factored: factorization({ depth: 2 }) }',
    optimizers: '{ GD: gd({ rate: 0.2 }) }',
    rest: 'steps: 10_000,',
  }) +
    labText({
      names: 'separable as another, diagonal as u, ngd as natural, experiment as define',
      problem: 'another({ dimension: 400, train: 300, test: 20 })',
      parameterizations: '{ diagonal: u() }',
      optimizers: '{ NGD: natural({ rate: 0.05 }) }',
      rest: 'steps: 20, seeds: 3,',
    }).replace("experiment('small'", "define('systems'"),
);

/** The results of both experiments, in the order of the file and the seeds. */
async function results(args: string[], env: Record<string, string> = {}): Promise<RunResult[]> {
  const own = { XDG_CACHE_HOME: path.join(folder.path, 'cache'), ...env };
  const { stdout, stderr } = await depthLab(['run', file, '--json', '--engine', 'cpu', ...args], { env: own });
  const ran = stdout
    .split('\n')
    .filter((line) => line.startsWith('{"kind":"run"'))
    .map((line): RunResult => ({ ...JSON.parse(line), seconds: 0 }));
  if (ran.length !== 4) throw new Error(stderr);
  return ran.toSorted((a, b) => a.parameterization.localeCompare(b.parameterization) || a.seed - b.seed);
}

describe('long runs', { timeout: 120_000 }, () => {
  it.skipIf(findCompiler() === null)(
    'are trained in compiled C (skipped where there is no compiler): any number of threads gives the same bits, WebAssembly the same numbers',
    async () => {
      const one = await results(['--workers', '1']);
      expect(one.map(({ device, fallback }) => [device, fallback])).toEqual(Array(4).fill(['native', undefined]));
      expect(await results(['--workers', '3'])).toEqual(one);
      const others = await results(['--no-native']);
      expect(others.map(({ device }) => device)).toEqual(Array(4).fill('simd'));
      others.forEach((other, i) => {
        expect(one[i]!.train.loss / other.train.loss).toBeCloseTo(1, 9);
        expect(one[i]!.test!.loss / other.test!.loss).toBeCloseTo(1, 9);
      });
      expect(readdirSync(path.join(folder.path, 'cache/depth-lab/native'))).toContainEqual(
        expect.stringMatching(/\.node$/),
      );
    },
  );

  it('are trained in WebAssembly by any number of threads with the same bits', async () => {
    const large = folder.write(
      'large.lab.ts',
      labText({
        problem: 'matrixCompletion({ rows: 420, columns: 420, rank: 2, observed: 20_000 })',
        parameterizations: '{ factored: factorization({ depth: 2 }) }',
        optimizers: '{ GD: gd({ rate: 0.2 }) }',
        rest: 'steps: 4,',
      }) +
        labText({
          names: 'separable as another, diagonal as u, ngd as natural, experiment as define',
          problem: 'another({ dimension: 520, train: 450, test: 20 })',
          parameterizations: '{ diagonal: u() }',
          optimizers: '{ NGD: natural({ rate: 0.05 }) }',
          rest: 'steps: 4,',
        }).replace("experiment('small'", "define('systems'"),
    );
    const withThreads = async (count: number) => {
      const { stdout } = await depthLab(['run', large, '--json', '--no-native', '--workers', String(count)]);
      const runs = stdout.split('\n').filter((line) => line.startsWith('{"kind":"run"'));
      return runs.map((line): RunResult => ({ ...JSON.parse(line), seconds: 0 }));
    };
    const alone = await withThreads(1);
    expect(alone.map(({ device, steps }) => [device, steps])).toEqual(Array(2).fill(['simd', 4]));
    expect(await withThreads(4)).toEqual(alone);
  });

  it('are trained in WebAssembly without a compiler', async () => {
    const runs = await results([], { CC: path.join(folder.path, 'none') });
    expect(runs.map(({ device, fallback }) => [device, fallback])).toEqual(Array(4).fill(['simd', undefined]));
  });

  it.skipIf(process.platform === 'win32')('say why, where the compiler fails', async () => {
    // It answers every question, and writes nothing.
    const runs = await results([], { CC: 'true' });
    expect(runs.map(({ device }) => device)).toEqual(Array(4).fill('simd'));
    for (const { fallback } of runs) expect(fallback).toMatch(/^not with native: the C compiler failed/);
  });
});
