import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { complete, fromConfig } from '../../../../extension/evaluator/loader/resolve.ts';
import { LabFolder } from '../../engine/labFile.ts';

const folder = new LabFolder();
afterAll(() => folder.remove());
const files = [
  ...['plain.ts', 'module.mts', 'script.js', 'both.js', 'both.ts', 'table.json', 'a b (c) #1 100% ü [d].ts'],
  ...['inTs/index.ts', 'inMts/index.mts', 'inJs/index.js', 'dotted.data.ts', 'src/lib/deep.ts', 'src/other.mts'],
  ...['packages/one/lib/near.ts', 'js/lib/loose.js'],
];
for (const file of files) folder.write(file, 'export default 1;\n');
folder.write('base.json', '{ "compilerOptions": { "baseUrl": "./src", /* here */ "paths": { "~/*": ["lib/*"] } } }');
folder.write('tsconfig.json', '{\n  // with comments, and a comma too many\n  "extends": "./base.json",\n}\n');
folder.write(
  'packages/one/tsconfig.json',
  '{ "compilerOptions": { "paths": { "@/*": ["./lib/*"], "exact": ["./lib/near"] } } }',
);
folder.write('js/jsconfig.json', '{ "compilerOptions": { "baseUrl": "." } }');
folder.write('broken/tsconfig.json', '{ "extends": "@nobody/has-this" }');

const importer = (name = 'a.lab.ts') => pathToFileURL(path.join(folder.path, name));
const shown = (url: URL | null) => url && path.relative(folder.path, fileURLToPath(url)).replaceAll(path.sep, '/');

describe('a path in an import', () => {
  it.each([
    ['./plain', 'plain.ts'],
    ['./plain.ts', 'plain.ts'],
    ['./plain.js', 'plain.ts'],
    ['./module', 'module.mts'],
    ['./module.mjs', 'module.mts'],
    ['./script', 'script.js'],
    ['./both.js', 'both.js'],
    ['./both', 'both.ts'],
    ['./table', 'table.json'],
    ['./dotted.data', 'dotted.data.ts'],
    ['./dotted.data.js', 'dotted.data.ts'],
    ['./inTs', 'inTs/index.ts'],
    ['./inTs/', 'inTs/index.ts'],
    ['./inTs/index.js', 'inTs/index.ts'],
    ['./inMts', 'inMts/index.mts'],
    ['./inJs', 'inJs/index.js'],
    [`./${encodeURIComponent('a b (c) #1 100% ü [d]')}.js`, 'a b (c) #1 100% ü [d].ts'],
    ['./plain.mjs', null],
    ['./nothing', null],
  ])('%s means %s', (specifier, file) => {
    expect(shown(complete(new URL(specifier, importer())))).toBe(file);
  });
});

describe('a name in an import', () => {
  it.each([
    ['a.lab.ts', '~/deep', 'src/lib/deep.ts'],
    ['a.lab.ts', '~/deep.js', 'src/lib/deep.ts'],
    ['a.lab.ts', 'lib/deep', 'src/lib/deep.ts'],
    ['a.lab.ts', 'other', 'src/other.mts'],
    ['a.lab.ts', 'nothing', null],
    ['a.lab.ts', 'node:fs', null],
    ['a.lab.ts', 'path', null],
    ['packages/one/a.lab.ts', '@/near', 'packages/one/lib/near.ts'],
    ['packages/one/a.lab.ts', 'exact', 'packages/one/lib/near.ts'],
    ['packages/one/a.lab.ts', '~/deep', null],
    ['js/a.lab.js', 'lib/loose', 'js/lib/loose.js'],
    ['broken/a.lab.ts', 'lib/deep', null],
  ])('in %s: %s means %s', (from, specifier, file) => {
    expect(shown(fromConfig(specifier, importer(from)))).toBe(file);
  });
});
