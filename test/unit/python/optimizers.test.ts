import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { depthLab } from '../commandLine/depthLab.ts';
import { LabFolder, labText } from '../engine/labFile.ts';

const folder = new LabFolder();
afterAll(() => folder.remove());

it.each([
  [
    'optimizers that depend on the signs of singular vectors',
    labText({
      names: 'experiment, separable, deepLinear, signDescent',
      parameterizations: "{ deep: deepLinear({ depth: 2, init: 'balanced' }) }",
      optimizers: '{ sign: signDescent({ rate: 0.1 }) }',
    }),
    "the start of 'deep' comes from a singular value decomposition",
    'signDescent(',
  ],
  [
    'Jacobians that are too large',
    labText({
      problem: 'matrixCompletion({ rows: 200, columns: 200, rank: 1, observed: 30000 })',
      parameterizations: '{ product: factorization({ depth: 2 }) }',
      optimizers: '{ NGD: ngd({ rate: 0.1 }) }',
    }),
    "'product' has a Jacobian of 30000 × 80000",
    'ngd(',
  ],
])('refuses %s, at their place', async (_what, text, reason, at) => {
  const file = folder.write('refused.lab.ts', text);
  const out = path.join(folder.path, 'out');
  const { status, stdout, stderr } = await depthLab(['export', file, '--format', 'python', '--out', out]);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(reason);
  const lines = text.split('\n');
  const line = lines.findLastIndex((one) => one.includes(at));
  expect(stderr).toContain(`refused.lab.ts:${line + 1}:${lines[line]!.indexOf(at) + 1}`);
});
