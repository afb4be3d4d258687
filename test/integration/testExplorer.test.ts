import * as vscode from 'vscode';
import { labFile, small } from '../labFiles.ts';
import { closeAll, lens, open } from './helpers.ts';

suite('the Test Explorer', () => {
  teardown(closeAll);

  test('runs the experiments of a file', async () => {
    const document = await open('explored.lab.ts', labFile(small()));
    await vscode.commands.executeCommand('testing.runCurrentFile');
    await lens(document, /1 of 2 claims · 2 seeds/);
  });
});
