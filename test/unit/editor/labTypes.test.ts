import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { provideTypes, typesHome } from '../../../extension/editor/labTypes.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'depth-lab-types-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );
const read = (name: string) => readFile(path.join(folder, 'node_modules/depth-lab', name), 'utf8');

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
    expect(await provideTypes(folder, 'export {};', '1.0.0')).toBe(true);
    expect(await provideTypes(folder, 'export {};', '1.0.0')).toBe(false);
    expect(await read('index.d.ts')).toBe('export {};');
    expect(await read('.gitignore')).toBe('*\n');
    expect(JSON.parse(await read('package.json'))).toMatchObject({ name: 'depth-lab', types: './index.d.ts' });
    await provideTypes(folder, 'export const a: 1;', '1.1.0');
    expect(await read('index.d.ts')).toBe('export const a: 1;');
    expect(JSON.parse(await read('package.json'))).toMatchObject({ version: '1.1.0' });
  });

  it('do not replace a real install', async () => {
    await mkdir(path.join(folder, 'node_modules/depth-lab'), { recursive: true });
    const manifest = '{ "name": "depth-lab", "version": "9.0.0" }';
    await writeFile(path.join(folder, 'node_modules/depth-lab/package.json'), manifest);
    await provideTypes(folder, 'export {};', '1.0.0');
    expect(await read('package.json')).toBe(manifest);
    expect(await exists(path.join(folder, 'node_modules/depth-lab/index.d.ts'))).toBe(false);
  });
});
