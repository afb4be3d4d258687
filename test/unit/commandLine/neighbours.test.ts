import { afterAll, describe, expect, it } from 'vitest';
import { LabFolder, labText } from '../engine/labFile.ts';
import { depthLab } from './depthLab.ts';

const folder = new LabFolder();
afterAll(() => folder.remove());

describe('mistakes in a neighbour are reported there', () => {
  it.each([
    ['d.json', '{\n  "k": 3,\n}\n', "import d from './d.json';", ':3:1: ', 'this is not valid JSON'],
    ['e.json', '{ "k": 3', "import d from './e.json' with { type: 'json' };", ':1:9: ', 'this is not valid JSON'],
    ['f.json', "{ 'k': 3 }", "import d from './f.json';", ':1:3: ', 'this is not valid JSON'],
    [
      'g.ts',
      'export class A {\n  @mark f() {}\n}\n',
      "import { A } from './g';",
      ':2:3: ',
      'decorators are not supported',
    ],
    ['h.mjs', 'export const k = ;\n', "import { k } from './h.mjs';", ':1:18: ', 'Unexpected token'],
    ['i.ts', "export const k = 1;\nthrow 'x';\n", "import { k } from './i';", ':2:1: ', 'the file threw x'],
  ])('%s', async (name, text, before, place, words) => {
    folder.write(name, text);
    const file = folder.write(`neighbour-${name}.lab.ts`, labText({ before }));
    const { status, stderr } = await depthLab(['run', file, '--json']);
    expect(stderr.split('\n')[0]).toContain(name + place);
    expect(stderr).toContain(words);
    expect(status).toBe(2);
  });
});
