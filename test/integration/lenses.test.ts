import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { labFile, small } from '../labFiles.ts';
import { closeAll, lens, lenses, open, problems, replace, titles, until } from './helpers.ts';

suite('lenses', () => {
  teardown(closeAll);

  test('stand above each experiment', async () => {
    const document = await open('two.lab.ts', labFile(small(), small({ name: 'Other' })));
    await lens(document, /Run/);
    assert.deepEqual(
      (await lenses(document)).map(({ title, line }) => [title, line]),
      [
        ['Run', 3],
        ['Live', 3],
        ['Run', 21],
        ['Live', 21],
      ],
    );
  });

  test('stand in .lab.js and .lab.mts files, and in no others', async () => {
    for (const name of ['script.lab.js', 'module.lab.mts']) {
      assert.deepEqual(await titles(await open(name, labFile(small()))), ['Run', 'Live'], name);
    }
    assert.deepEqual(await titles(await open('plain.ts', labFile(small()))), []);
  });

  test('offer to run the whole file where a name is computed', async () => {
    const text = labFile('for (const d of [2, 3]) {', small().replace("'Small'", 'String(d)'), '}');
    const document = await open('computed.lab.ts', text);
    assert.deepEqual(await titles(document), ['Run all (names are computed)']);
    const { command } = await lens(document, /Run all/);
    await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
    await lens(document, /^2: ✗ failed 1 of 2 claims/);
    await lens(document, /^3: ✗ failed 1 of 2 claims/);
    await until('the claims', () => problems(document).length === 2);
  });

  test('stay while an experiment is being typed, and move along', async () => {
    const document = await open('typed.lab.ts', labFile(small(), small({ name: 'Other' })));
    await replace(document, '\nexperiment(', '\n\nexperiment(');
    await replace(document, "'linear': linear(),", "'linear': linear(");
    assert.deepEqual(
      (await lenses(document)).map(({ line }) => line),
      [4, 4, 22, 22],
    );
    await replace(document, "experiment('Small', {", 'experiment(');
    assert.deepEqual(
      (await lenses(document)).map(({ line }) => line),
      [4, 4, 22, 22],
    );
  });

  test('can be turned off', async () => {
    const document = await open('quiet.lab.ts', labFile(small()));
    const settings = vscode.workspace.getConfiguration('depthLab');
    await settings.update('lenses.enabled', false, vscode.ConfigurationTarget.Workspace);
    assert.deepEqual(await titles(document), []);
    await settings.update('lenses.enabled', undefined, vscode.ConfigurationTarget.Workspace);
    assert.deepEqual(await titles(document), ['Run', 'Live']);
  });
});
