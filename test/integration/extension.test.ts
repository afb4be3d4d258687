import assert from 'node:assert/strict';
import * as vscode from 'vscode';

suite('the extension', () => {
  test('is installed and starts with a lab file', async () => {
    const extension = vscode.extensions.getExtension('depth-lab.depth-lab');
    assert.ok(extension);
    const document = await vscode.workspace.openTextDocument({ language: 'typescript', content: '' });
    await vscode.window.showTextDocument(document);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
