import * as vscode from 'vscode';
import { labFile, small } from '../labFiles.ts';
import { closeAll, lens, open, titles, until } from './helpers.ts';

suite('the Test Explorer', () => {
  teardown(closeAll);

  test('runs the experiments of a file', async () => {
    const document = await open('explored.lab.ts', labFile(small()));
    // VS Code runs nothing as long as it does not know the tests of the file.
    await until('the run', async () => {
      await vscode.commands.executeCommand('testing.runCurrentFile');
      return (await titles(document)).some((title) => /loading|running|claims/.test(title));
    });
    await lens(document, /1 of 2 claims · 2 seeds/);
  });
});
