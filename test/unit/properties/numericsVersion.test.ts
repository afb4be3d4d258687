import { createHash } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { encode } from '../../../extension/lab/encoding.ts';
import {
  dataset,
  diagonal,
  elementwise,
  gd,
  linear,
  momentum,
  ngd,
  signDescent,
} from '../../../extension/lab/index.ts';
import type { AnyOptimizer } from '../../../extension/lab/optimizers/index.ts';
import { NUMERICS_VERSION } from '../../../extension/lab/runKey.ts';
import { trained } from '../lab/trained.ts';

// Every machine computes the same bits without fused rounding and without functions such as `Math.pow`, which flows and
// Adam use.
vi.mock('../../../extension/lab/compiler/backends.ts', async (original) => {
  const backends = await original<typeof import('../../../extension/lab/compiler/backends.ts')>();
  return { ...backends, cpuBackends: [backends.javascript] };
});

/** Raised together: the version, and the digest of the numbers that it stands for. */
const GOLDEN = { version: 5, digest: '2e3055a976130ac1' };

const problem = dataset({
  loss: 'square',
  train: {
    inputs: [
      [1, -0.5, 0.25],
      [0.75, 2, -1],
    ],
    labels: [1, -2],
  },
  test: { inputs: [[0.5, 0.5, 1]], labels: [0.25] },
});

it('the version of the numerics is raised when numbers change', () => {
  const parameterizations = [
    linear(),
    elementwise({ u: 0.5, v: 0.25 }, ({ u, v }) => u * u - v * v),
    diagonal({ depth: 3, scale: 0.5 }),
  ];
  const optimizers: AnyOptimizer[] = [
    gd({ rate: 0.05 }),
    momentum({ rate: 0.05, momentum: 0.5 }),
    signDescent({ rate: 0.01 }),
    ngd({ rate: 0.05 }),
    ngd({ rate: 0.05, damping: 0.125 }),
    ngd({ rate: 0.05, solver: 'iterative' }),
  ];
  const runs = parameterizations.flatMap((parameterization) =>
    optimizers.map((optimizer) => {
      const { samples, seconds: _seconds, ...result } = trained({ problem, parameterization, optimizer, steps: 25 });
      expect(result.device).toBe('javascript');
      return { samples, result };
    }),
  );
  const digest = createHash('sha256').update(encode(runs)).digest('hex').slice(0, 16);
  const advice = 'Numbers have changed: raise NUMERICS_VERSION, and record both here.';
  expect({ version: NUMERICS_VERSION, digest }, advice).toEqual(GOLDEN);
});
