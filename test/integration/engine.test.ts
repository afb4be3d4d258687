import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, until } from './helpers.ts';

suite('the engine', () => {
  const settings = () => vscode.workspace.getConfiguration('depthLab');
  const set = (engine: string | undefined) => settings().update('engine', engine, vscode.ConfigurationTarget.Workspace);

  teardown(async () => {
    await set(undefined);
    await closeAll();
  });

  test('is chosen by a command, for the workspace', async () => {
    await set('gpu');
    const chosen = vscode.commands.executeCommand('depthLab.selectEngine');
    // Takes the first choice, once they are there.
    await until('the setting', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return settings().inspect('engine')?.workspaceValue === 'auto';
    });
    await chosen;
    assert.equal(settings().inspect('engine')?.globalValue, undefined);
  });
});
