import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { labFile, small } from '../labFiles.ts';
import { closeAll, open, replace, titles, until } from './helpers.ts';

/** What the hovers over some words say. */
async function hoverOver(document: vscode.TextDocument, words: string): Promise<string> {
  const at = document.positionAt(document.getText().indexOf(words) + 1);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at);
  const contents = hovers.flatMap((hover) => hover.contents);
  return contents.map((content) => (typeof content === 'string' ? content : content.value)).join('\n');
}

const saying = (document: vscode.TextDocument, words: string, wanted: RegExp) =>
  until(`a hover with ${wanted}`, async () => wanted.test(await hoverOver(document, words)));

suite('hovers', () => {
  teardown(closeAll);

  test('say what a parameterization is before it has run, also of a text that is not saved', async () => {
    const document = await open('hovers/untrained.lab.ts', labFile(small()));
    await saying(
      document,
      "'square'",
      /w = u² − v².*∂w\/∂u = 2 u.*80 parameters · rank of ∂w\/∂θ 40 of 40.*Largest stable rate/s,
    );
    await replace(document, 'u * u - v * v', 'u ** 3 - v ** 3');
    await saying(document, "'square'", /w = u³ − v³.*∂w\/∂u = 3 u²/s);
    // Nothing has run for it.
    assert.ok(!(await titles(document)).some((title) => /claims|seeds/.test(title)));
  });
});
