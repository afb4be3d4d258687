import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { labFile, small } from '../labFiles.ts';
import { closeAll, lens, open, problems, replace, until } from './helpers.ts';

/** The fixes that are offered at a problem and whose title matches. */
async function fixesAt(
  document: vscode.TextDocument,
  { range }: vscode.Diagnostic,
  title: RegExp,
): Promise<vscode.CodeAction[]> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
  );
  return actions.filter((action) => title.test(action.title));
}

async function problem(document: vscode.TextDocument, words: RegExp): Promise<vscode.Diagnostic> {
  return until(`the problem ${words}`, () => problems(document).find(({ message }) => words.test(message)));
}

async function apply(action: vscode.CodeAction | undefined): Promise<void> {
  assert.ok(action?.edit);
  await vscode.workspace.applyEdit(action.edit);
}

suite('quick fixes', () => {
  teardown(closeAll);

  test('mend a wrong option, also after the text has moved', async () => {
    const document = await open('fixes/option.lab.ts', labFile(small().replace('sparsity', 'sparsty')));
    await vscode.commands.executeCommand('depthLab.run');
    await problem(document, /sparsty/);
    await replace(document, 'experiment(', '// One more line.\n\nexperiment(');
    const [found] = await until('fixes', async () => {
      const fixes = await fixesAt(document, await problem(document, /sparsty/), /^Change 'sparsty' to 'sparsity'$/);
      return fixes.length > 0 && fixes;
    });
    await apply(found);
    await vscode.commands.executeCommand('depthLab.run');
    await lens(document, /1 of 2 claims/);
  });

  test('lower the rate of an optimizer whose runs diverge, to one that was tried', async () => {
    const text = labFile(small({ rate: 9 }))
      .replace(', separable }', ', regression }')
      .replace('separable(', 'regression(')
      .replace(', normalized: true', '');
    const document = await open('fixes/diverged.lab.ts', text);
    await vscode.commands.executeCommand('depthLab.run');
    const [found] = await until('fixes', async () => {
      const diverged = problems(document).find(({ message }) => /^GD diverged with 'linear'/.test(message));
      const fixes = diverged ? await fixesAt(document, diverged, /^Set rate: 0?\.\d+$/) : [];
      return fixes.length > 0 && fixes;
    });
    await apply(found);
    assert.match(document.getText(), /GD: gd\(\{ rate: 0\.\d+ \}\)/);
    await vscode.commands.executeCommand('depthLab.run');
    await until('no divergence', () => !problems(document).some(({ message }) => /^GD diverged/.test(message)));
  });

  test('mend a name in a claim while it is typed', async () => {
    const document = await open('fixes/claim.lab.ts', labFile(small()));
    await replace(
      document,
      "result.mean('GD', 'linear').test.error > 1",
      "result.mean('GDD', 'linear').test.error > 1",
    );
    const unknown = await problem(document, /There is no optimizer 'GDD'/);
    const [found] = await fixesAt(document, unknown, /^Write 'GD'$/);
    await apply(found);
    await until('no problem', () => problems(document).length === 0);
  });
});
