import { access, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ExtensionContext, Uri } from 'vscode';
import { FakeDocument } from './fakeVscode.ts';

const vscode = await vi.hoisted(async () => (await import('./fakeVscode.ts')).fakeVscode());
vi.mock('vscode', () => vscode);

const { TypesProvider } = await import('../../../extension/editor/typesProvider.ts');

let outer: string;
/** The workspace folder. */
let folder: string;
/** What the extension remembers of the workspace. */
let remembered: Map<string, unknown>;
/** What the user says when asked. */
let answer: string | undefined;
const asked = vi.spyOn(vscode.window, 'showInformationMessage').mockImplementation(async () => answer);
const warned = vi.spyOn(vscode.window, 'showWarningMessage');
const copied = vi.spyOn(vscode.env.clipboard, 'writeText');
const reloaded = vi.spyOn(vscode.commands, 'executeCommand');

beforeEach(async () => {
  outer = await mkdtemp(path.join(tmpdir(), 'depth-lab-provider-'));
  folder = path.join(outer, 'workspace');
  await mkdir(folder);
  await mkdir(path.join(outer, 'dist/types'), { recursive: true });
  await writeFile(path.join(outer, 'dist/types/index.d.ts'), 'export {};');
  vscode.workspace.getWorkspaceFolder = () => ({ uri: { fsPath: folder } });
  vscode.workspace.isTrusted = true;
  vscode.workspace.textDocuments = [];
  vscode.settings.clear();
  remembered = new Map();
  answer = 'Add Types';
  for (const spy of [asked, warned, reloaded, copied]) spy.mockClear();
});

afterEach(async () => {
  for (const provider of windows.splice(0)) provider.dispose();
  await rm(outer, { recursive: true, force: true });
});

const windows: InstanceType<typeof TypesProvider>[] = [];

/** A window in which lab files are open; resolves when it has done what it does. */
async function window(...files: string[]) {
  const documents = files.map((file) => new FakeDocument('', path.join(folder, file)));
  vscode.workspace.textDocuments = documents;
  const context = {
    extensionPath: outer,
    globalStorageUri: { fsPath: path.join(outer, 'storage') },
    extension: { packageJSON: { version: '1.0.0' } },
    workspaceState: {
      get: (key: string) => remembered.get(key),
      update: async (key: string, value: unknown) => remembered.set(key, value),
    },
  };
  const provider = new TypesProvider(context as unknown as ExtensionContext);
  windows.push(provider);
  await Promise.all(documents.map(({ uri }) => provider.provideFor(uri as Uri)));
}

const hasTypes = (home = folder) =>
  access(path.join(home, 'node_modules/depth-lab/index.d.ts')).then(
    () => true,
    () => false,
  );

describe('the types of a workspace', () => {
  it('are written when the user agrees, who is asked once for all files and windows', async () => {
    await mkdir(path.join(folder, 'inner'));
    await writeFile(path.join(folder, 'inner/package.json'), '{}');
    await window('a.lab.ts', 'b.lab.ts', 'inner/c.lab.ts');
    await expect.poll(() => hasTypes()).toBe(true);
    await expect.poll(() => hasTypes(path.join(folder, 'inner'))).toBe(true);
    await rm(path.join(folder, 'node_modules'), { recursive: true });
    await window('a.lab.ts');
    await expect.poll(() => hasTypes()).toBe(true);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(asked.mock.calls[0]?.[0]).toContain('depthLab.provideTypes');
    expect(reloaded).toHaveBeenCalledWith('typescript.reloadProjects');
  });

  it('are there also where VS Code has no TypeScript to be told of them', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    reloaded.mockRejectedValueOnce(new Error("command 'typescript.reloadProjects' not found"));
    await window('a.lab.ts');
    expect(await hasTypes()).toBe(true);
    expect(warned).not.toHaveBeenCalled();
    logged.mockRestore();
  });

  it('are not written when the user declines, who is not asked again', async () => {
    answer = 'Not in This Workspace';
    await window('a.lab.ts');
    await window('a.lab.ts');
    expect(await hasTypes()).toBe(false);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('are not written when the question is closed, and asked for again in the next window', async () => {
    answer = undefined;
    await window('a.lab.ts', 'b.lab.ts');
    expect(asked).toHaveBeenCalledTimes(1);
    expect(await hasTypes()).toBe(false);
    await window('a.lab.ts');
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it('follow the setting, which changes an earlier answer', async () => {
    answer = 'Not in This Workspace';
    await window('a.lab.ts');
    vscode.settings.set('provideTypes', 'always');
    vscode.trust.configured.fire({ affectsConfiguration: () => true });
    await expect.poll(() => hasTypes()).toBe(true);
    await rm(path.join(folder, 'node_modules'), { recursive: true });
    remembered.set('depthLab.typesAnswer', 'yes');
    vscode.settings.set('provideTypes', 'never');
    await window('a.lab.ts');
    expect(await hasTypes()).toBe(false);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('are neither written nor asked for before the workspace is trusted', async () => {
    vscode.workspace.isTrusted = false;
    vscode.settings.set('provideTypes', 'always');
    await window('a.lab.ts');
    expect(await hasTypes()).toBe(false);
    vscode.workspace.isTrusted = true;
    vscode.trust.granted.fire(undefined);
    await expect.poll(() => hasTypes()).toBe(true);
    expect(asked).not.toHaveBeenCalled();
  });

  it('are not asked for where a link is in the way, which is said once', async () => {
    await mkdir(path.join(outer, 'outside'));
    await symlink(path.join(outer, 'outside'), path.join(folder, 'node_modules'));
    await window('a.lab.ts');
    await window('a.lab.ts');
    expect(asked).not.toHaveBeenCalled();
    expect(warned).toHaveBeenCalledTimes(1);
    expect(warned.mock.calls[0]?.[0]).toMatch(/node_modules is a symbolic link/);
    expect(await hasTypes(path.join(outer, 'outside'))).toBe(false);
  });

  it('are not asked for where they are', async () => {
    vscode.settings.set('provideTypes', 'always');
    await window('a.lab.ts');
    await expect.poll(() => hasTypes()).toBe(true);
    vscode.settings.clear();
    await window('a.lab.ts');
    expect(asked).not.toHaveBeenCalled();
  });

  const declared = (project = folder) => path.join(project, 'depth-lab.d.ts');

  it("stand beside the project's configuration with Yarn Plug'n'Play", async () => {
    await writeFile(path.join(folder, '.pnp.cjs'), '');
    await mkdir(path.join(folder, 'inner'));
    await writeFile(path.join(folder, 'inner/tsconfig.json'), '{}');
    await window('inner/a.lab.ts');
    expect(await readFile(declared(path.join(folder, 'inner')), 'utf8')).toContain("declare module 'depth-lab'");
    expect(await hasTypes()).toBe(false);
    expect(reloaded).toHaveBeenCalledWith('typescript.reloadProjects');
    await window('inner/a.lab.ts');
    expect(asked).toHaveBeenCalledTimes(1);
    expect(reloaded).toHaveBeenCalledTimes(1);
  });

  it("leave a user's own file of that name alone", async () => {
    await writeFile(path.join(folder, '.pnp.cjs'), '');
    await writeFile(path.join(folder, 'tsconfig.json'), '{}');
    await writeFile(declared(), '// mine');
    await window('a.lab.ts');
    expect(await readFile(declared(), 'utf8')).toBe('// mine');
    expect(asked).not.toHaveBeenCalled();
  });

  it("say what is missing where a project with Plug'n'Play has no configuration", async () => {
    await writeFile(path.join(folder, '.pnp.cjs'), '');
    await window('a.lab.ts');
    await window('a.lab.ts');
    expect(warned).toHaveBeenCalledTimes(1);
    expect(warned.mock.calls[0]?.[0]).toMatch(/beside its tsconfig\.json, and there is none/);
  });

  it('are offered as a line to copy where the folder cannot be written to', async () => {
    // No package can be put into what is a file.
    await writeFile(path.join(folder, 'node_modules'), '');
    warned.mockResolvedValueOnce('Copy Line');
    await window('a.lab.ts');
    await expect.poll(() => copied.mock.calls.length).toBe(1);
    expect(warned.mock.calls[0]?.[0]).toMatch(/workspace cannot be written to/);
    const [, reference = ''] = /^\/\/\/ <reference path="(.*)" \/>\n$/.exec(copied.mock.calls[0]?.[0] ?? '') ?? [];
    expect(await readFile(reference, 'utf8')).toContain("declare module 'depth-lab'");
  });
});
