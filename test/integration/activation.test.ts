import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';
import { labFile, small } from '../labFiles.ts';
import { closeAll, lens, open, until } from './helpers.ts';

/** The extension's own files that this extension host has loaded. */
function loadedFiles(extension: vscode.Extension<unknown>): string[] {
  const files = Object.keys(createRequire(__filename).cache);
  return files.filter((file) => file.startsWith(extension.extensionPath)).map((file) => path.basename(file));
}

/** Must be the first suite: what is loaded stays so. */
suite('activation', () => {
  teardown(closeAll);
  const extension = vscode.extensions.getExtension('depth-lab.depth-lab')!;

  test('a plain TypeScript file loads less than 10 kB', async () => {
    await open('plain.ts', 'export const one = 1;\n');
    await until('the activation', () => extension.isActive);
    assert.deepEqual(loadedFiles(extension), ['extension.cjs']);
    assert.ok(statSync(path.join(extension.extensionPath, 'dist/extension.cjs')).size < 10_000);
  });

  test('a lab file that is created later loads the rest', async () => {
    await lens(await open('later.lab.ts', labFile(small())), /Run/);
    assert.deepEqual(loadedFiles(extension), ['extension.cjs', 'main.cjs']);
  });
});
