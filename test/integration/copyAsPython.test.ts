import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { labFile, small } from '../labFiles.ts';
import { closeAll, open, replace, until } from './helpers.ts';

suite('Copy as Python', () => {
  teardown(closeAll);

  test('copies what is on the screen, saved or not', async () => {
    const document = await open('copied.lab.ts', labFile(small({ name: 'Copied' })));
    await replace(document, 'seeds: 2', 'seeds: 3');
    await vscode.env.clipboard.writeText('');
    await vscode.commands.executeCommand('depthLab.copyAsPython', document.uri, 'Copied');
    const script = await until('the script', async () => vscode.env.clipboard.readText());
    assert.match(script, /^"""Copied\n/);
    assert.match(script, /SEEDS = \[1, 2, 3\]/);
    assert.match(script, /def square\(u, v\):/);
    assert.ok(document.isDirty);
  });

  test('copies for JAX', async () => {
    const document = await open('copied-jax.lab.ts', labFile(small({ name: 'Copied' })));
    await vscode.env.clipboard.writeText('');
    await vscode.commands.executeCommand('depthLab.copyAsJax', document.uri, 'Copied');
    assert.match(await until('the script', async () => vscode.env.clipboard.readText()), /^import jax$/m);
  });

  test('leaves the clipboard alone where a definition is wrong', async () => {
    const document = await open('not-copied.lab.ts', labFile(small()).replace('rate: 0.05,', 'rat: 0.05,'));
    await vscode.env.clipboard.writeText('mine');
    await vscode.commands.executeCommand('depthLab.copyAsPython', document.uri, 'Small');
    assert.equal(await vscode.env.clipboard.readText(), 'mine');
  });
});
