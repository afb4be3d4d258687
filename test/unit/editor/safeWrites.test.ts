import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { kindOf, linkOnTheWay, replaceFile, writeFolder } from '../../../extension/editor/safeWrites.ts';

let folder: string;
const at = (...names: string[]) => path.join(folder, ...names);

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'depth-lab-writes-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

it('tells a link from what it leads to', async () => {
  await symlink(folder, at('link'));
  await writeFile(at('file'), '');
  expect(await Promise.all(['link', 'file', '', 'nothing', 'file/inside'].map((name) => kindOf(at(name))))).toEqual([
    'link',
    'file',
    'folder',
    'missing',
    'missing',
  ]);
});

it('finds links on the way, but not in the way to where it begins', async () => {
  await mkdir(at('a/b'), { recursive: true });
  await symlink(at('a'), at('a/b/link'));
  expect(await linkOnTheWay(folder, at('a/b/link/b/c'))).toBe(at('a/b/link'));
  expect(await linkOnTheWay(at('a/b/link'), at('a/b/link/b/c'))).toBeNull();
});

it('replaces a file as a whole, and a link without following it', async () => {
  await writeFile(at('target'), 'before');
  await symlink(at('target'), at('link'));
  await replaceFile(at('link'), 'after');
  expect(await kindOf(at('link'))).toBe('file');
  expect(await readFile(at('target'), 'utf8')).toBe('before');
  expect((await readdir(folder)).sort()).toEqual(['link', 'target']);
});

it('changes nothing where a folder or a file cannot be replaced', async () => {
  await mkdir(at('full'));
  await writeFile(at('full/file'), 'before');
  await expect(writeFolder(at('full'), new Map([['file', 'after']]))).rejects.toThrow();
  await expect(replaceFile(at('full'), 'after')).rejects.toThrow();
  expect(await readFile(at('full/file'), 'utf8')).toBe('before');
  expect(await readdir(folder)).toEqual(['full']);
});
