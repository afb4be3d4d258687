import { access, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LabTypes, typesHome } from '../../../extension/editor/labTypes.ts';

let outer: string;
/** The workspace folder. */
let folder: string;

beforeEach(async () => {
  outer = await mkdtemp(path.join(tmpdir(), 'depth-lab-types-'));
  folder = path.join(outer, 'workspace');
  await mkdir(folder);
});

afterEach(() => rm(outer, { recursive: true, force: true }));

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );
const inModules = (...names: string[]) => path.join(folder, 'node_modules', ...names);
const read = (name: string) => readFile(inModules('depth-lab', name), 'utf8');
const types = (text = 'export {};', version = '1.0.0', home = folder) => new LabTypes(folder, home, text, version);
const install = async (files: Record<string, string>) => {
  await mkdir(inModules('depth-lab'), { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(inModules('depth-lab', name), content);
};

describe('where the types go', () => {
  const home = async (file: string) => {
    const found = await typesHome(path.join(folder, file), folder, exists);
    return path.relative(folder, found);
  };

  it('is the workspace folder', async () => {
    expect(await home('a/b/c.lab.ts')).toBe('');
  });

  it('is beside the nearest package.json', async () => {
    await mkdir(path.join(folder, 'a/b'), { recursive: true });
    await writeFile(path.join(folder, 'a/package.json'), '{}');
    expect(await home('a/b/c.lab.ts')).toBe('a');
  });

  it('is never outside the workspace folder', async () => {
    await writeFile(path.join(folder, 'package.json'), '{}');
    const inner = path.join(folder, 'inner');
    expect(await typesHome(path.join(inner, 'c.lab.ts'), inner, exists)).toBe(inner);
  });
});

describe('the types', () => {
  it('are a package that git does not see, and are brought up to date', async () => {
    expect(await types().state()).toEqual({ type: 'wanted' });
    expect(await types().write()).toBe(true);
    expect(await types().state()).toEqual({ type: 'current' });
    expect(await types().write()).toBe(false);
    expect(await read('index.d.ts')).toBe('export {};');
    expect(await read('.gitignore')).toBe('*\n');
    expect(JSON.parse(await read('package.json'))).toMatchObject({ name: 'depth-lab', types: './index.d.ts' });
    expect(await types('export const a: 1;', '1.1.0').write()).toBe(true);
    expect(await read('index.d.ts')).toBe('export const a: 1;');
    expect(JSON.parse(await read('package.json'))).toMatchObject({ version: '1.1.0' });
  });

  it('leave nothing else behind', async () => {
    await types().write();
    await types('export const a: 1;').write();
    expect(await readdir(inModules())).toEqual(['depth-lab']);
    expect((await readdir(inModules('depth-lab'))).sort()).toEqual(['.gitignore', 'index.d.ts', 'package.json']);
  });

  it('are there as a whole for whoever looks, also when two windows write them', async () => {
    const written = await Promise.allSettled([types().write(), types().write(), types().write()]);
    expect(written.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    expect(await types().state()).toEqual({ type: 'current' });
    expect(await readdir(inModules())).toEqual(['depth-lab']);
  });

  it.each([
    ['a real install', { 'package.json': '{ "name": "depth-lab", "version": "9.0.0" }' }],
    ['an install without its manifest yet', { 'index.js': 'export {};' }],
    ['an install whose manifest is half-written', { 'package.json': '{ "name": "depth-l' }],
    ['an empty folder', {}],
    [
      'a manifest that inherits the mark',
      { 'package.json': '{ "__proto__": { "providedByDepthLabExtension": true } }' },
    ],
  ])('leave %s alone', async (_what, files: Record<string, string>) => {
    await install(files);
    expect(await types().state()).toEqual({ type: 'foreign' });
    expect(await types().write()).toBe(false);
    expect(await readdir(inModules('depth-lab'))).toEqual(Object.keys(files));
    for (const [name, content] of Object.entries(files)) expect(await read(name)).toBe(content);
  });

  it('leave a file in their place alone', async () => {
    await mkdir(inModules());
    await writeFile(inModules('depth-lab'), 'mine');
    expect(await types().write()).toBe(false);
    expect(await readFile(inModules('depth-lab'), 'utf8')).toBe('mine');
  });

  it.each(['.gitignore', 'index.d.ts', 'package.json'])('are not written where %s is a link', async (name) => {
    await types().write();
    const outside = path.join(outer, 'precious');
    await writeFile(outside, name === 'package.json' ? await read(name) : 'precious');
    const before = await readFile(outside, 'utf8');
    await rm(inModules('depth-lab', name));
    await symlink(outside, inModules('depth-lab', name));
    const newer = types('export const a: 1;', '1.1.0');
    expect(await newer.state()).toEqual({ type: 'link', path: inModules('depth-lab', name) });
    expect(await newer.write()).toBe(false);
    expect(await readFile(outside, 'utf8')).toBe(before);
    for (const other of ['index.d.ts', 'package.json']) expect(await read(other)).not.toContain('1.1.0');
  });

  it.each(['node_modules', 'node_modules/depth-lab', 'packages', 'packages/one'])(
    'are not written where %s is a link',
    async (link) => {
      const outside = path.join(outer, 'outside');
      await mkdir(path.join(outside, 'one'), { recursive: true });
      await mkdir(path.dirname(path.join(folder, link)), { recursive: true });
      await symlink(link === 'packages/one' ? path.join(outside, 'one') : outside, path.join(folder, link));
      const own = types(
        'export {};',
        '1.0.0',
        link.startsWith('packages') ? path.join(folder, 'packages/one') : folder,
      );
      expect(await own.state()).toEqual({ type: 'link', path: path.join(folder, link) });
      expect(await own.write()).toBe(false);
      expect(await readdir(outside)).toEqual(['one']);
      expect(await readdir(path.join(outside, 'one'))).toEqual([]);
    },
  );

  it('are not written where a link leads to nothing', async () => {
    await symlink(path.join(outer, 'gone'), inModules());
    expect(await types().write()).toBe(false);
    expect(await exists(path.join(outer, 'gone'))).toBe(false);
  });

  it('are written into a workspace that was opened by way of a link', async () => {
    const link = path.join(outer, 'link');
    await symlink(folder, link);
    expect(await new LabTypes(link, link, 'export {};', '1.0.0').write()).toBe(true);
    expect(await read('index.d.ts')).toBe('export {};');
  });
});
