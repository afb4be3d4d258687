import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { AMBIENT_FILE, ambient } from '../../../extension/editor/ambientTypes.ts';
import { labFile, small } from '../../labFiles.ts';
import { dist, LabFolder } from '../engine/labFile.ts';

const folder = new LabFolder();
afterAll(() => folder.remove());

const types = readFileSync(path.join(dist, 'types/index.d.ts'), 'utf8');
const compilers = { 5: 'typescript-5', 6: 'typescript', 7: 'typescript-7' };
const options = { compilerOptions: { module: 'nodenext', target: 'es2023', strict: true, noEmit: true, types: [] } };

/** Three ways in which a project has the types. Each writes them, and returns the head of a lab file. */
const ways: Record<string, (project: string) => string> = {
  'a package in node_modules'(project) {
    const home = path.join(project, 'node_modules/depth-lab');
    mkdirSync(home, { recursive: true });
    writeFileSync(path.join(home, 'index.d.ts'), types);
    writeFileSync(path.join(home, 'package.json'), '{ "name": "depth-lab", "types": "./index.d.ts" }');
    return '';
  },
  'a declaration beside tsconfig.json'(project) {
    writeFileSync(path.join(project, AMBIENT_FILE), ambient(types));
    return '';
  },
  'a reference to a declaration elsewhere'(project) {
    const elsewhere = `${project} elsewhere`;
    mkdirSync(elsewhere, { recursive: true });
    writeFileSync(path.join(elsewhere, AMBIENT_FILE), ambient(types));
    return `/// <reference path="${path.join(elsewhere, AMBIENT_FILE)}" />\n`;
  },
};

/** What a compiler says of a project. */
async function compile(compiler: string, project: string): Promise<string> {
  const tsc = path.resolve('node_modules', compiler, 'bin/tsc');
  const run = promisify(execFile)(process.execPath, [tsc, '--project', project], { cwd: project });
  return run.then(
    ({ stdout }) => stdout,
    ({ stdout }) => String(stdout),
  );
}

describe.each(Object.entries(compilers))('TypeScript %s', (version, compiler) => {
  it.each(Object.entries(ways))('finds the types in %s', async (way, write) => {
    const project = path.join(folder.path, `${version} ${way}`);
    mkdirSync(project, { recursive: true });
    writeFileSync(path.join(project, 'tsconfig.json'), JSON.stringify(options));
    const head = write(project);
    writeFileSync(path.join(project, 'good.lab.ts'), `${head}${labFile(small())}`);
    // The types are those of the module, not any.
    const bad = labFile(small().replace('dimension: 40', "dimension: 'x'"));
    writeFileSync(path.join(project, 'bad.lab.ts'), `${head}${bad}`);
    const errors = (await compile(compiler, project)).match(/^\S+\(\d+,\d+\): error TS\d+/gm);
    expect(errors).toEqual([expect.stringMatching(/^bad\.lab\.ts\([45],\d+\): error TS2322$/)]);
  });
});
