import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { labFile, small } from '../labFiles.ts';
import { closeAll, open, replace, until } from './helpers.ts';

/** What Depth Lab offers behind some words. */
async function offeredAfter(document: vscode.TextDocument, words: string): Promise<vscode.CompletionItem[]> {
  const at = document.positionAt(document.getText().indexOf(words) + words.length);
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    at,
  );
  const kinds = [vscode.CompletionItemKind.Constant, vscode.CompletionItemKind.Snippet];
  return list.items.filter(({ kind, sortText }) => kinds.includes(kind!) && sortText?.startsWith('0'));
}

const labels = (items: vscode.CompletionItem[]) =>
  items.map(({ label }) => (typeof label === 'string' ? label : label.label));

suite('completion', () => {
  teardown(closeAll);

  test('names the optimizers and parameterizations of the experiment in a claim', async () => {
    const document = await open('completion/names.lab.ts', labFile(small()));
    assert.deepEqual(labels(await offeredAfter(document, "({ result }) => result.mean('")), ['GD', 'NGD']);
    assert.deepEqual(labels(await offeredAfter(document, "({ result }) => result.mean('GD', '")), ['linear', 'square']);
  });

  test('names in a claim what theory predicts, before the first run', async () => {
    const document = await open('completion/predictions.lab.ts', labFile(small()));
    await replace(document, "result.mean('GD', 'linear').test.error > 1", "result.residual('', 'GD', 'linear') > 1");
    const offered = await until('the conditions', async () => {
      const names = labels(await offeredAfter(document, "result.residual('"));
      return names.length > 0 && names;
    });
    assert.deepEqual(offered, ['max-margin KKT', 'stationarity']);
  });

  test('offers entries, and imports what they call', async () => {
    const document = await open('completion/entries.lab.ts', labFile(small()));
    await replace(document, '    GD: gd(', '    mom\n    GD: gd(');
    const found = await until('the entry', async () =>
      (await offeredAfter(document, '    mom')).find((item) => labels([item])[0] === 'momentum'),
    );
    assert.match((found.insertText as vscode.SnippetString).value, /momentum\(\{ rate: \$\{2:0\.1\}/);
    assert.equal(found.additionalTextEdits?.[0]?.newText, ', momentum');
  });
});
