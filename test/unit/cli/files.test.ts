import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { refusalOf } from '../../../extension/cli/labFile.ts';
import { LabFolder, labText } from '../engine/labFile.ts';
import { depthLab } from './depthLab.ts';

const folder = new LabFolder();
afterAll(() => folder.remove());
const at = (name: string) => path.join(folder.path, name);

describe('what is no lab file', () => {
  folder.write('one/a.lab.ts', labText());
  folder.write('two/a.lab.ts', labText());
  folder.write('two/b.lab.ts', labText());
  folder.write('none/readme.md', 'nothing');
  folder.write('binary.lab.ts', Uint8Array.of(1, 0, 2));

  it.each([
    ['nothing.lab.ts', 'this file does not exist', null],
    ['one/a.lab.ts/deeper.lab.ts', 'this file does not exist', null],
    ['one', 'a folder, not a lab file', 'Name the lab file in it: '],
    ['two', 'a folder, not a lab file', 'or all 2 in it'],
    ['none', 'a folder, not a lab file', 'It contains no lab file'],
    ['none/readme.md', 'not a lab file', '.lab.ts'],
    ['binary.lab.ts', 'a binary file, not a lab file', 'UTF-8'],
  ])('%s: %s', (name, message, hint) => {
    const refusal = refusalOf(at(name));
    expect(refusal?.message).toBe(message);
    if (hint) expect(refusal?.hint).toContain(hint);
    expect(refusalOf(at('one/a.lab.ts'))).toBeNull();
  });

  it.each(['run', 'check', 'list', 'explain'])(
    'is refused by %s, with its name',
    async (verb) => {
      for (const name of ['two', 'none/readme.md', 'nothing.lab.ts']) {
        const { status, stdout, stderr } = await depthLab([verb, at(name)]);
        expect([status, stdout]).toEqual([2, '']);
        expect(stderr).toMatch(
          new RegExp(`^[^\\n]*${name}:1:1: (not a lab file|this file|a (binary file|folder), not)`),
        );
      }
    },
    20_000,
  );
});

describe('a folder with a name of its own', () => {
  it.each(['a (b) [c]', '50% #1?', 'ü 深 & ‘x’', "it's {new}"])('%s: errors are at their place', async (name) => {
    const file = folder.write(`${name}/wrong.lab.ts`, labText({ problem: 'separable({ dimension: 6, train: 0 })' }));
    const { status, stderr } = await depthLab(['run', file]);
    expect([status, stderr.split('\n')[0]]).toEqual([2, expect.stringContaining(`${file}:4:12: separable: 'train'`)]);
    const missing = folder.write(`${name}/missing.lab.ts`, `import { x } from './nowhere';\n${labText()}`);
    expect((await depthLab(['run', missing])).stderr).toContain(`${missing}:1:19: cannot find module`);
    folder.write(`${name}/helper.ts`, 'export const rate: number = 0.1;\n');
    folder.write(`${name}/data.csv`, 'a,b,y\n1,2,3\n2,1,4\n');
    const text = `import { rate } from './helper.js';\n${labText({
      problem: "dataset({ csv: 'data.csv', label: 'y', loss: 'square', split: 1 })",
      optimizers: '{ GD: gd({ rate }) }',
    })}`;
    expect(await depthLab(['run', folder.write(`${name}/right.lab.ts`, text)])).toMatchObject({
      status: 0,
      stderr: '',
    });
  });
});

describe('experiments whose names are computed', () => {
  const text = `import { experiment, separable, linear, gd } from 'depth-lab';
for (const k of [1, 2]) experiment(\`number \${k}\`, {
  problem: separable({ dimension: 6, train: 4 }),
  parameterizations: { linear: linear() }, optimizers: { GD: gd({ rate: 0.1 }) }, steps: 2,
});
`;

  it('are said to be there by list, and shown by run', async () => {
    const file = folder.write('computed.lab.ts', text);
    const listed = await depthLab(['list', file]);
    expect(listed).toMatchObject({ status: 0, stdout: '' });
    expect(listed.stderr).toBe(
      `${file}:2:25: experiments with computed names: they are known only when the file runs\n`,
    );
    const [line] = (await depthLab(['list', file, '--json'])).stdout.trim().split('\n');
    expect(JSON.parse(line)).toMatchObject({ kind: 'computed', file, experiment: null, line: 2, column: 25 });
    const { stdout } = await depthLab(['run', file]);
    expect(stdout).toMatch(/^number 1\n[\s\S]*\nnumber 2\n/);
  });
});
