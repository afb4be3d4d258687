import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** A copy of the repository to which the diffs of docs/extending.md are applied. */
let copy = '';

const inCopy = (command: string, ...parameters: string[]) =>
  execFileSync(command, parameters, { cwd: copy, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** The diffs of the page, by the headings above them. */
const diffs = new Map(
  [
    ...readFileSync('docs/extending.md', 'utf8').matchAll(/^## ([^\n]+)\n(?:(?!^## )[\s\S])*?```diff\n([\s\S]*?)```/gm),
  ].map(([, heading, diff]) => [heading, diff] as const),
);

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'depth-lab-extended-'));
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  });
  const isNeeded = /^(extension|webview|tsconfig)\/|^test\/typescript\.mjs$|^[^/]*\.(json|mjs|md)$/;
  for (const file of files.split('\0')) if (isNeeded.test(file)) cpSync(file, join(copy, file));
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  for (const [heading, diff] of diffs) {
    const patch = join(copy, `${heading}.diff`);
    writeFileSync(patch, diff);
    inCopy('git', 'apply', '-p0', '--whitespace=nowarn', patch);
  }
}, 60_000);

afterAll(() => rmSync(copy, { recursive: true, force: true }));

const filesOf = (heading: string) =>
  [...(diffs.get(heading) ?? '').matchAll(/^\+\+\+ (\S+)$/gm)].map(([, file]) => file);

describe('docs/extending.md', () => {
  it('touches a file of its own, its index, and what users import', () => {
    const users = 'extension/lab/index.ts';
    const [optimizers, problems] = ['extension/lab/optimizers', 'extension/lab/problems'];
    expect(filesOf('An optimizer')).toEqual([users, `${optimizers}/index.ts`, `${optimizers}/nesterov.ts`]);
    expect(filesOf('A problem')).toEqual([users, `${problems}/index.ts`, `${problems}/sphere.ts`]);
    expect(filesOf('A prediction')).toHaveLength(3);
    expect(filesOf('A tile of the panel')).toHaveLength(2);
    expect(filesOf('An operation of the graph')).toHaveLength(5);
  });

  it('gives a program without type errors', { timeout: 180_000 }, () => {
    expect(inCopy(process.execPath, 'node_modules/typescript/bin/tsc', '--build', 'tsconfig/product.json')).toBe('');
  });

  it('trains with the documented optimizer as its recurrence says', { timeout: 180_000 }, () => {
    inCopy(process.execPath, 'esbuild.config.mjs', '--no-types');
    writeFileSync(
      join(copy, 'nesterov.lab.ts'),
      `import { dataset, experiment, linear, nesterov } from 'depth-lab';
      experiment('one weight', {
        problem: dataset({ train: { inputs: [[2]], labels: [3] }, loss: 'square' }),
        parameterizations: { w: linear() },
        optimizers: { Nesterov: nesterov({ rate: 0.02, momentum: 0.8 }) },
        steps: 25,
      });`,
    );
    const [line] = inCopy(process.execPath, 'dist/cli.js', 'run', 'nesterov.lab.ts', '--json').split('\n');
    // The loss ½(2w − 3)² has the gradient 2(2w − 3).
    let [w, v] = [0, 0];
    for (let step = 0; step < 25; step++) {
      const gradient = 2 * (2 * w - 3);
      v = 0.8 * v - 0.02 * gradient;
      w += 0.8 * v - 0.02 * gradient;
    }
    expect(JSON.parse(line).predictor[0]).toBeCloseTo(w, 12);
    expect(inCopy(process.execPath, 'dist/cli.js', 'run', 'nesterov.lab.ts')).toContain('Nesterov');
  });

  it('computes the documented operation and its derivatives in every back end of the CPU', { timeout: 60_000 }, () => {
    writeFileSync(
      join(copy, 'operation.ts'),
      `import { forward } from './extension/lab/compiler/autodiff/forward.ts';
      import { reverse } from './extension/lab/compiler/autodiff/reverse.ts';
      import { cpuBackends } from './extension/lab/compiler/backends.ts';
      import { GraphBuilder } from './extension/lab/compiler/builder.ts';
      import { CompiledModule } from './extension/lab/compiler/module.ts';
      const results = cpuBackends.map((backend) => {
        const g = new GraphBuilder();
        const a = g.state('a', [4]);
        const sums = g.apply({ op: 'cumulativeSum', a });
        const [vjp] = reverse(g, [{ node: sums, derivative: g.constant(Float64Array.of(1, 2, 3, 4), [4]) }], [a]);
        const [jvp] = forward(g, [{ node: a, tangent: g.constant(Float64Array.of(1, 0, 1, 0), [4]) }], [sums]);
        const module = new CompiledModule(g.graph, [a], [{ name: 'all', outputs: [sums, vjp, jvp] }], [backend]);
        module.memory.set([5, -1, 2, 10]);
        module.entry('all')(1);
        return [sums, vjp, jvp].map((node) => [...module.view(node)]);
      });
      console.log(JSON.stringify(results));`,
    );
    const expected = [
      [5, 4, 6, 16],
      [10, 9, 7, 4],
      [1, 1, 2, 2],
    ];
    const results = JSON.parse(inCopy(process.execPath, '--import', './test/typescript.mjs', 'operation.ts'));
    expect(results).toEqual([expected, expected]);
  });
});
