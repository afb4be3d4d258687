import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { labFile, small } from '../labFiles.ts';
import { closeAll, open } from './helpers.ts';

suite('the extension', () => {
  teardown(closeAll);

  test('starts with a lab file', async () => {
    await open('first.lab.ts', labFile(small()));
    const extension = vscode.extensions.getExtension('depth-lab.depth-lab');
    assert.ok(extension);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  test('has every command that it declares', async () => {
    const extension = vscode.extensions.getExtension('depth-lab.depth-lab');
    const declared = (extension!.packageJSON.contributes.commands as { command: string }[]).map(
      ({ command }) => command,
    );
    const known = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      declared.filter((command) => !known.has(command)),
      [],
    );
  });

  test('has settings with defaults', () => {
    const settings = vscode.workspace.getConfiguration('depthLab');
    assert.equal(settings.get('engine'), 'auto');
    assert.equal(settings.get('workers'), null);
    assert.equal(settings.inspect('provideTypes')?.defaultValue, 'ask');
  });
});
