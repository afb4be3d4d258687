import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { labFile, small } from '../labFiles.ts';
import { closeAll, open, until } from './helpers.ts';

suite('types without an install', () => {
  teardown(closeAll);

  const errors = ({ uri }: vscode.TextDocument) =>
    vscode.languages.getDiagnostics(uri).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);

  const offered = async (document: vscode.TextDocument, before: string) => {
    const position = document.positionAt(document.getText().indexOf(before) + before.length);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      position,
    );
    return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
  };

  for (const name of ['typed.lab.ts', 'typed.lab.js', 'deep/er/typed.lab.mts']) {
    test(`${name}: the options of a problem are offered`, async () => {
      const document = await open(name, labFile(small()).replace('sparsity: 3', ''));
      await until('the option', async () => (await offered(document, 'test: 500, ')).includes('sparsity?'));
    });
  }

  test('a lab file has no errors, and a wrong option is one', async () => {
    const good = await open('good.lab.ts', labFile(small()));
    const wrong = await open('wrong.lab.ts', labFile(small()).replace('rate: 0.05 })', "rate: 'fast' })"));
    await until('the error', () => errors(wrong).length > 0);
    assert.match(errors(wrong)[0]?.message ?? '', /string.*number/);
    assert.deepEqual(errors(good), []);
  });
});
